package dev.relay.chaos.actor;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A receiver's state.
 *
 * @param from what it has seen, by line: kind and sender
 */
public record Seen(Map<String, Track> from) {
  static final Seen NOTHING = new Seen(Map.of());

  Seen with(String line, UnaryOperator<Track> change) {
    Map<String, Track> all = new TreeMap<>(from);
    all.put(line, change.apply(all.getOrDefault(line, Track.NOTHING)));
    return new Seen(all);
  }
}
