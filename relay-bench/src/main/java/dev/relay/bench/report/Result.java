package dev.relay.bench.report;

import dev.relay.bench.load.Measurement;
import dev.relay.bench.machine.Profile;
import dev.relay.bench.process.HeapUse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One contestant in one round with one number of clients.
 *
 * @param cores cores kept busy, by process
 * @param postgresCores the same of PostgreSQL, by what its processes do
 * @param commits transactions that the database committed during the phase
 * @param writes those of them that wrote
 * @param walBytes bytes that the database logged during the phase
 * @param heap of the contestant's process after the phase
 * @param peakResident most resident memory of that process so far, in bytes
 * @param backlog deliveries left unconsumed; null for a contestant that consumes none
 * @param profile null when none was asked for
 */
public record Result(
    String contestant,
    int round,
    Measurement measured,
    Map<String, Double> cores,
    Map<String, Double> postgresCores,
    long commits,
    long writes,
    long walBytes,
    HeapUse heap,
    long peakResident,
    @Nullable Backlog backlog,
    @Nullable ProfiledNode profile) {

  /**
   * Deliveries not yet consumed.
   *
   * @param before when the phase began
   * @param after when it had ended
   */
  public record Backlog(long before, long after) {}

  /** The flight recording, and the cores that the node's threads kept busy by kind of thread. */
  public record ProfiledNode(Profile recording, Map<String, Double> threadCores) {}
}
