package dev.relay.bench.report;

import dev.relay.bench.machine.Profile;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;

/** A profile as text: threads of the node, then packages, methods and allocations. */
final class ProfileText {
  private static final double SMALLEST_SHARE = 0.005;
  private static final double SMALLEST_CORES = 0.005;

  private final Result result;
  private final Result.ProfiledNode node;

  ProfileText(Result result, Result.ProfiledNode node) {
    this.result = result;
    this.node = node;
  }

  @Override
  public String toString() {
    Profile recording = node.recording();
    StringBuilder text = new StringBuilder();
    text.append(
        line(
            "Profile of %s, %d clients, round %d: %,d samples, %,.0f MB/s allocated, %.0f ms in"
                + " collector pauses",
            result.contestant(),
            result.measured().clients(),
            result.round(),
            recording.samples(),
            recording.megabytesAllocated() / result.measured().seconds(),
            recording.pauseMillis()));
    cores(text, "node's threads, cores", node.threadCores());
    cores(text, "PostgreSQL's processes, cores", result.postgresCores());
    shares(text, "samples by package that called", recording.owners());
    shares(text, "samples by method", recording.methods());
    shares(text, "allocated bytes by package that called", recording.allocated());
    return text.toString();
  }

  private static void cores(StringBuilder text, String title, Map<String, Double> cores) {
    text.append(line("  %s", title));
    cores.entrySet().stream()
        .filter(entry -> entry.getValue() >= SMALLEST_CORES)
        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
        .forEach(entry -> text.append(line("    %6.2f  %s", entry.getValue(), entry.getKey())));
  }

  private static void shares(StringBuilder text, String title, Map<String, Double> shares) {
    text.append(line("  %s", title));
    shares.forEach(
        (name, share) -> {
          if (share >= SMALLEST_SHARE) {
            text.append(line("    %5.1f %%  %s", share * 100, name));
          }
        });
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format + "%n", values);
  }
}
