package dev.relay.cluster;

import dev.relay.store.StoreException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to the list of nodes that can be cut, as if the node stood still. */
public final class CuttableMembers implements MemberStore {
  private final MemberStore store;
  private final AtomicInteger renewals = new AtomicInteger();
  private volatile boolean cut;

  public CuttableMembers(MemberStore store) {
    this.store = store;
  }

  /** Cuts it, or mends it. */
  public void cut(boolean value) {
    cut = value;
  }

  /** How often a lease was renewed. */
  public int renewals() {
    return renewals.get();
  }

  @Override
  public void join(Member member, Duration lease) {
    check();
    store.join(member, lease);
  }

  @Override
  public Renewal renew(String node, long incarnation, Duration lease, boolean judges) {
    check();
    Renewal renewal = store.renew(node, incarnation, lease, judges);
    renewals.incrementAndGet();
    return renewal;
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
