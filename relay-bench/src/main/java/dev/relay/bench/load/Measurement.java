package dev.relay.bench.load;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one measured phase gave.
 *
 * @param clients connections (or callers) that each had one request under way at any time
 * @param seconds length of the phase
 * @param turns turns answered with success within the phase
 * @param accepted all turns answered with success, those answered just after the phase included
 * @param errors answers other than success
 * @param latency of the successful answers within the phase
 * @param perSecond turns of each second of the phase, in order
 * @param firstError what the first answer that was no success said
 * @param notes what else was found, a line each
 */
public record Measurement(
    int clients,
    double seconds,
    long turns,
    long accepted,
    long errors,
    Latency latency,
    List<Long> perSecond,
    @Nullable String firstError,
    List<String> notes) {

  public double turnsPerSecond() {
    return turns / seconds;
  }
}
