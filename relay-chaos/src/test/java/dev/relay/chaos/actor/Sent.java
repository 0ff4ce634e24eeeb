package dev.relay.chaos.actor;

import java.util.Map;
import java.util.TreeMap;

/**
 * A source's state.
 *
 * @param commands how many it obeyed
 * @param sum of their ids' hashes
 * @param next the last number given, by {@link Target#line()}
 */
public record Sent(long commands, long sum, Map<String, Long> next) {
  public static final Sent NOTHING = new Sent(0, 0, Map.of());

  /** The state after a command. */
  public Sent after(Command command) {
    Map<String, Long> numbers = new TreeMap<>(next);
    command.targets().forEach(target -> numbers.merge(target.line(), 1L, Long::sum));
    return new Sent(commands + 1, sum + Hash.of(command.command()), numbers);
  }

  /** A source's answer. */
  public record Count(long commands, long sum) {}

  Count count() {
    return new Count(commands, sum);
  }
}
