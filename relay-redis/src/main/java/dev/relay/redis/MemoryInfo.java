package dev.relay.redis;

import dev.relay.transport.CarrierReport;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Redis says of its memory. INFO and not CONFIG, which hosted servers forbid. */
final class MemoryInfo {
  /** The section of INFO. */
  static final String SECTION = "memory";

  private static final Pattern POLICY = Pattern.compile("maxmemory_policy:(\\S+)");
  private static final Pattern USED = Pattern.compile("used_memory:(\\d+)");
  private static final Pattern LIMIT = Pattern.compile("maxmemory:(\\d+)");

  private MemoryInfo() {}

  /** Empty where the section doesn't say it. */
  static Optional<CarrierReport.Memory> read(String section) {
    Matcher policy = POLICY.matcher(section);
    return policy.find()
        ? Optional.of(
            new CarrierReport.Memory(
                policy.group(1), number(USED, section), number(LIMIT, section)))
        : Optional.empty();
  }

  /** What to change, where it may throw streams away. */
  static Optional<String> warning(String place, CarrierReport.Memory memory) {
    return memory.policy().equals("noeviction")
        ? Optional.empty()
        : Optional.of(
            "Redis "
                + place
                + " has maxmemory-policy "
                + memory.policy()
                + ": when its memory is full it may drop inboxes and the stream of published"
                + " events. Nothing is lost, but nodes wait for the sweeper; set maxmemory-policy"
                + " noeviction");
  }

  private static long number(Pattern pattern, String section) {
    Matcher found = pattern.matcher(section);
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }
}
