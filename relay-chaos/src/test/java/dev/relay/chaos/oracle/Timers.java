package dev.relay.chaos.oracle;

import dev.relay.chaos.actor.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What timers must do, followed through a source's turns in their order: ticks fire once each; an
 * alarm fires once unless it was put off or called off before.
 */
final class Timers {
  private final Set<String> ticks = new TreeSet<>();
  private final Map<String, Long> alarms = new TreeMap<>();
  private final List<String> findings = new ArrayList<>();

  /** A source's command set a timer, or called one off. */
  void set(String from, Target target, long n) {
    String line = from + " to " + target.to();
    if (target.kind().equals("tick")) {
      ticks.add(line + " number " + n);
    } else if (target.mark()) {
      alarms.remove(line);
    } else {
      alarms.put(line, n);
    }
  }

  void tickFired(String from, String to, long n) {
    String tick = from + " to " + to + " number " + n;
    if (!ticks.remove(tick)) {
      findings.add("a timer fired twice, or was never set: " + tick);
    }
  }

  void alarmFired(String from, String to, long n) {
    String line = from + " to " + to;
    if (!Long.valueOf(n).equals(alarms.remove(line))) {
      findings.add("an alarm fired that was put off, called off, or has fired: " + line + " " + n);
    }
  }

  /** Firings that must not be, and timers that never fired. */
  List<String> findings() {
    List<String> all = new ArrayList<>(findings);
    if (!ticks.isEmpty()) {
      all.add("timers never fired: " + ticks);
    }
    if (!alarms.isEmpty()) {
      all.add("alarms never fired: " + alarms);
    }
    return all;
  }
}
