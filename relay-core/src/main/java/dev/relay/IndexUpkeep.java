package dev.relay;

import dev.relay.definition.ActorDefinition;
import dev.relay.failure.RelayException;
import dev.relay.find.Indexes;
import dev.relay.message.ActorAddress;
import dev.relay.store.InstanceFinder;
import dev.relay.turn.Behaviour;
import dev.relay.turn.StateValue;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the database's indexes to what definitions declare: at once for what turns write from then
 * on, and a batch each time it is run for what was there before.
 */
final class IndexUpkeep implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(IndexUpkeep.class);

  private final InstanceFinder store;
  private final List<Indexes> declared;
  private final Deque<Behaviour> open = new ArrayDeque<>();

  /**
   * @param definitions all that were applied
   * @param behaviours those of the actors that are hosted here, which know their states
   */
  IndexUpkeep(
      InstanceFinder store,
      Collection<ActorDefinition> definitions,
      Collection<Behaviour> behaviours) {
    this.store = store;
    this.declared = definitions.stream().map(ActorDefinition::indexes).toList();
    this.open.addAll(behaviours);
  }

  /** Makes tables and triggers, and fills the first batch: all there is in a small database. */
  void declare() {
    declared.forEach(store::declare);
    open.removeIf(this::isFilled);
  }

  @Override
  public void run() {
    Behaviour next = open.peekFirst();
    try {
      if (next != null && isFilled(next)) {
        open.removeFirst();
      }
    } catch (RuntimeException failure) {
      log.warn(
          "the indexes of {} are not filled yet: {}",
          next.definition().name(),
          failure.getMessage());
    }
  }

  private boolean isFilled(Behaviour behaviour) {
    return store.fill(
        behaviour.definition().indexes(), (key, state) -> current(behaviour, key, state));
  }

  /** A state in the version that the indexes are declared on. */
  private static @Nullable String current(Behaviour behaviour, String key, String stored) {
    if (behaviour.definition().stateVersion() == 1) {
      return stored;
    }
    try {
      ActorAddress address = new ActorAddress(behaviour.definition().name(), key);
      StateValue state = behaviour.load(address, stored);
      return state == null ? null : behaviour.stored(state);
    } catch (RelayException unreadable) {
      log.warn("not found until it can be read: {}", unreadable.getMessage());
      return null;
    }
  }
}
