package dev.relay.node;

import dev.relay.message.ActorAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Instances with a turn under way outside of their lane's hands: in a group that is being written,
 * or in a handler that waits. Their next work is parked until it is back. Used by one lane.
 */
final class BusyInstances {
  /** Stands for "busy, and nothing parked", which most are. */
  private static final List<Work> NOTHING = List.of();

  private final Map<ActorAddress, List<Work>> parked = new HashMap<>();

  /** From now on the instance's work is parked. */
  void start(ActorAddress address) {
    parked.putIfAbsent(address, NOTHING);
  }

  boolean has(ActorAddress address) {
    return parked.containsKey(address);
  }

  /** Parks the work if its instance is busy, and says whether it did. */
  boolean park(Work work) {
    List<Work> waiting = parked.get(work.address());
    if (waiting == null) {
      return false;
    }
    if (waiting == NOTHING) {
      waiting = new ArrayList<>(4);
      parked.put(work.address(), waiting);
    }
    waiting.add(work);
    return true;
  }

  /** The instance is back; returns what was parked, in order. */
  List<Work> end(ActorAddress address) {
    List<Work> waiting = parked.remove(address);
    return waiting == null ? NOTHING : waiting;
  }
}
