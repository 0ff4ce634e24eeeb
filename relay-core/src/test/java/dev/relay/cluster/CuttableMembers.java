package dev.relay.cluster;

import dev.relay.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to the list of nodes that can be cut, as if the node stood still. */
public final class CuttableMembers implements MemberStore {
  private final MemberStore store;
  private final AtomicInteger renewals = new AtomicInteger();
  private volatile boolean cut;
  private volatile Duration ahead = Duration.ZERO;

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

  /** Lets the store's clock be ahead of this machine's. */
  public void ahead(Duration value) {
    ahead = value;
  }

  @Override
  public Instant join(Member member, Duration lease) {
    check();
    return store.join(member, lease).plus(ahead);
  }

  @Override
  public Renewal renew(String node, long incarnation, Duration lease, boolean judges) {
    check();
    Renewal renewal = store.renew(node, incarnation, lease, judges);
    renewals.incrementAndGet();
    return new Renewal(
        renewal.known(), renewal.epoch(), renewal.dead(), renewal.time().plus(ahead));
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
