package dev.relay.node;

import dev.relay.cluster.Member;
import dev.relay.cluster.MemberStore;
import dev.relay.cluster.Roster;
import dev.relay.store.StoreException;
import java.time.Duration;

/** A way to the list of nodes that can be cut, as if the node stood still. */
final class CuttableMembers implements MemberStore {
  private final MemberStore store;
  volatile boolean cut;

  CuttableMembers(MemberStore store) {
    this.store = store;
  }

  @Override
  public void join(Member member, Duration lease) {
    check();
    store.join(member, lease);
  }

  @Override
  public Renewal renew(String node, long incarnation, Duration lease, boolean judges) {
    check();
    return store.renew(node, incarnation, lease, judges);
  }

  @Override
  public void leaving(String node, long incarnation) {
    check();
    store.leaving(node, incarnation);
  }

  @Override
  public void left(String node, long incarnation) {
    check();
    store.left(node, incarnation);
  }

  @Override
  public Roster roster() {
    check();
    return store.roster();
  }

  private void check() {
    if (cut) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE, "cut", new IllegalStateException("cut"));
    }
  }
}
