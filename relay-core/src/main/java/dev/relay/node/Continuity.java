package dev.relay.node;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.relay.message.ActorAddress;
import dev.relay.store.StateWrite;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows since when this node has seen every turn of a sending instance. Before that others may have
 * emitted, or this node in a commit whose end it didn't hear: of such deliveries only Postgres
 * tells, and a later one of the same sender mustn't be handed past them. Thread-safe.
 */
final class Continuity {
  /** Every turn was seen, or nobody else could have written. */
  static final long ALWAYS = Long.MIN_VALUE;

  /** Chosen: some 10 MB. A sender that is forgotten costs a read of a partition, nothing else. */
  private static final int MOST_SENDERS = 100_000;

  /**
   * A sender's last turn here.
   *
   * @param since the time by the clock after which nothing of it escaped this node
   */
  private record Seen(long version, long since) {}

  private final Cache<ActorAddress, Seen> senders =
      Caffeine.newBuilder().maximumSize(MOST_SENDERS).executor(Runnable::run).build();
  private final LongSupplier clock;

  /**
   * @param clock nanoseconds that only grow
   */
  Continuity(LongSupplier clock) {
    this.clock = clock;
  }

  /**
   * A group with this write is committed.
   *
   * @param shared whether other nodes may have written too since this one started
   */
  void committed(StateWrite write, boolean shared) {
    Seen before = senders.getIfPresent(write.address());
    long since = since(write.base(), before, shared);
    senders.put(write.address(), new Seen(write.version(), since));
  }

  /**
   * Since when nothing that this instance emitted escaped this node, once it has written again.
   *
   * @param base the version that it replaces
   * @param shared whether other nodes may have written too since this one started
   */
  long since(ActorAddress sender, long base, boolean shared) {
    return since(base, senders.getIfPresent(sender), shared);
  }

  /** Since when nothing that this instance emitted escaped this node. */
  long since(ActorAddress sender) {
    Seen seen = senders.getIfPresent(sender);
    return seen == null ? ALWAYS : seen.since();
  }

  private long since(long base, @Nullable Seen before, boolean shared) {
    if (base == 0) {
      return ALWAYS;
    }
    if (before == null) {
      return shared ? clock.getAsLong() : ALWAYS;
    }
    return before.version() == base ? before.since() : clock.getAsLong();
  }
}
