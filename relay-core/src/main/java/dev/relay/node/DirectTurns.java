package dev.relay.node;

import dev.relay.message.ActorAddress;
import dev.relay.message.Message;
import dev.relay.route.Owed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of a group that consumes what the group itself emits: deliveries that are never written
 * down, as the turn that owes them and the turn that consumes them become true together. One
 * thread's at a time.
 */
final class DirectTurns {
  private final Map<Message, List<Owed>> owed = new IdentityHashMap<>();
  private final Set<ActorAddress> consumers = new HashSet<>(0);
  private final Set<ActorAddress> waitedFor = new HashSet<>(0);
  private List<ActorAddress> withdrawn = List.of();

  /** Takes over those of another group. */
  void add(DirectTurns other) {
    owed.putAll(other.owed);
    consumers.addAll(other.consumers);
    waitedFor.addAll(other.waitedFor);
  }

  /** An instance whose turns in this group consume what the group emits, and do nothing else. */
  void consumes(ActorAddress consumer) {
    consumers.add(consumer);
  }

  boolean isConsumer(ActorAddress instance) {
    return consumers.contains(instance);
  }

  /** How many instances only consume what the group emits. */
  int size() {
    return consumers.size();
  }

  /** A message's deliveries that have to be written down. */
  void owes(Message message, List<Owed> deliveries) {
    owed.put(message, deliveries);
  }

  /** An instance here for which a delivery is to be written down. */
  void owesTo(Owed delivery) {
    waitedFor.add(new ActorAddress(delivery.actor(), delivery.key()));
  }

  /** A message's deliveries that have to be written down; absent where nobody has looked yet. */
  @Nullable List<Owed> owed(Message message) {
    return owed.get(message);
  }

  /** Whether a delivery to this instance is to be written down, which a later one must not pass. */
  boolean owesTo(ActorAddress instance) {
    return waitedFor.contains(instance);
  }

  /** Everything is owed after all. */
  void withdraw() {
    List<ActorAddress> all = new ArrayList<>(withdrawn);
    all.addAll(consumers);
    withdrawn = all;
    consumers.clear();
    owed.clear();
  }

  /** The instances that were consumers until that was withdrawn. */
  Collection<ActorAddress> withdrawn() {
    return withdrawn;
  }
}
