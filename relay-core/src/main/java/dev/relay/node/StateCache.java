package dev.relay.node;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.relay.message.ActorAddress;
import dev.relay.turn.StateValue;
import org.jspecify.annotations.Nullable;

/**
 * States that this node committed or loaded last. A cached state may be behind Postgres when
 * another node wrote: a commit notices by its version, a query asks for the version first.
 * Thread-safe.
 */
final class StateCache {
  /** Rough bytes of an entry beside its state: address, version, the cache's own node. */
  private static final int ENTRY_BYTES = 250;

  /**
   * A version and its state.
   *
   * @param size length of the state's JSON text
   */
  record Entry(long version, @Nullable StateValue state, int size) {}

  private final Cache<ActorAddress, Entry> entries;

  StateCache(long maxBytes) {
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .<ActorAddress, Entry>weigher((address, entry) -> ENTRY_BYTES + entry.size())
            .executor(Runnable::run)
            .build();
  }

  @Nullable Entry get(ActorAddress address) {
    return entries.getIfPresent(address);
  }

  void put(ActorAddress address, Entry entry) {
    entries.put(address, entry);
  }

  void forget(ActorAddress address) {
    entries.invalidate(address);
  }
}
