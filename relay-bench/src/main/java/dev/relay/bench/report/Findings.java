package dev.relay.bench.report;

import java.util.List;
import java.util.Map;

/**
 * All that a run found.
 *
 * @param machine facts of the machine and the database, by name
 * @param titles what each contestant is, by name, in the order of the table
 * @param rows of each round: were the accepted turns in the database?
 * @param failed contestants that could not be measured in a round
 */
public record Findings(
    Map<String, String> machine,
    Map<String, String> titles,
    List<Result> results,
    List<RowCheck> rows,
    List<Failed> failed) {

  /** Turns that a contestant acknowledged in a round, and turns found in the database after it. */
  public record RowCheck(String contestant, int round, long accepted, long written) {
    boolean equal() {
      return accepted == written;
    }
  }

  /** Why a contestant has no figures in a round. */
  public record Failed(String contestant, int round, String why) {}
}
