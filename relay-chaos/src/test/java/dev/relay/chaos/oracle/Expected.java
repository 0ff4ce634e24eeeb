package dev.relay.chaos.oracle;

import dev.relay.chaos.actor.Command;
import dev.relay.chaos.actor.Hash;
import dev.relay.chaos.actor.Paths;
import dev.relay.chaos.actor.Sent;
import dev.relay.chaos.actor.Target;
import dev.relay.chaos.actor.Track;
import dev.relay.chaos.load.Letters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What receivers must hold, computed from what the sources did: an own, simple model of the actors
 * under test.
 */
final class Expected {
  private final Map<String, Sent> sources = new TreeMap<>();
  private final Map<String, Track> tracks = new TreeMap<>();
  private final Timers timers = new Timers();
  private final Set<String> deadLetters = new TreeSet<>();

  /** A source obeyed this command, after those before. */
  void obeyed(Command command) {
    String from = command.sender();
    Sent sent = sources.getOrDefault(from, Sent.NOTHING);
    Map<String, Long> numbers = new TreeMap<>(sent.next());
    for (Target target : command.targets()) {
      emitted(from, target, numbers.merge(target.line(), 1L, Long::sum));
    }
    sources.put(from, sent.after(command));
  }

  private void emitted(String from, Target target, long n) {
    String to = target.to();
    switch (target.kind()) {
      case "entry" -> {
        next("ledger", to, "entry/" + from, n);
        next("audit", to, "entry/" + from, n);
      }
      case "shake" -> next("shaky", to, "shake/" + from, n);
      case "poison" -> poison(from, to, n, target.mark());
      case "step" -> {
        next("first_hop", Paths.via(from, to), "step/" + from + "/" + to, n);
        next("second_hop", Paths.then(from, to), "step/" + from + "/" + to, n);
        next("ledger", to, "arrived/" + from, n);
      }
      case "tick", "alarm" -> timers.set(from, target, n);
      default -> throw new IllegalArgumentException(target.kind());
    }
  }

  /** A timer of a source fired. */
  void fired(String type, String from, String to, long n) {
    if (type.equals("TICK")) {
      timers.tickFired(from, to, n);
      any("ledger", to, "tick/" + from, n);
    } else {
      timers.alarmFired(from, to, n);
      next("ledger", to, "alarm/" + from, n);
    }
  }

  /** A dead letter was mended and applied. */
  void mended(String from, String to, long n) {
    any("poison", to, "poison/" + from, n);
  }

  /** What timers did wrong. */
  List<String> findings() {
    return timers.findings();
  }

  private void any(String actor, String key, String line, long n) {
    tracks.merge(
        line(actor, key, line),
        new Track(0, 1, n, 0),
        (before, one) -> new Track(0, before.count() + 1, before.sum() + n, 0));
  }

  private void poison(String from, String to, long n, boolean mark) {
    if (mark) {
      deadLetters.add(Letters.name(from, to, Long.toString(n)));
      return;
    }
    tracks.merge(
        line("poison", to, "poison/" + from),
        new Track(n, 1, n, 0),
        (before, one) -> new Track(n, before.count() + 1, before.sum() + n, 0));
  }

  private void next(String actor, String key, String line, long n) {
    tracks.merge(
        line(actor, key, line),
        new Track(n, 1, n, 0),
        (before, one) -> new Track(n, before.count() + 1, before.sum() + n, 0));
  }

  /** A word of this id reached this actor. */
  void said(String actor, String key, String line, String id) {
    tracks.merge(
        line(actor, key, line),
        new Track(0, 1, Hash.of(id), 0),
        (before, one) -> new Track(0, before.count() + 1, before.sum() + one.sum(), 0));
  }

  static String line(String actor, String key, String line) {
    return actor + "/" + key + " of " + line;
  }

  Map<String, Sent> sources() {
    return sources;
  }

  /** By actor, key, kind and sender. */
  Map<String, Track> tracks() {
    return tracks;
  }

  Set<String> deadLetters() {
    return deadLetters;
  }
}
