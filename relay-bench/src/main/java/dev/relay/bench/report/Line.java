package dev.relay.bench.report;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the report: medians over the rounds.
 *
 * @param turns a second
 * @param slowest turns a second of the slowest round
 * @param fastest turns a second of the fastest round
 * @param slowestTenSeconds turns a second in the slowest ten seconds of any round
 * @param p50 milliseconds; of (c) they are of a group, not of a turn
 * @param errors of all rounds
 * @param timesB throughput against (b) with as many clients
 * @param timesC throughput against the better of (c) on one and two connections
 * @param cores kept busy, by process
 * @param microsPerTurn processor time a turn, by process
 * @param turnsPerCommit commits that only read are counted, too
 * @param writesPerTurn commits that wrote, each of which waits for the log
 * @param verdicts against the targets
 */
public record Line(
    String contestant,
    int clients,
    double turns,
    double slowest,
    double fastest,
    double slowestTenSeconds,
    double p50,
    double p99,
    long errors,
    @Nullable String firstError,
    @Nullable Double timesB,
    @Nullable Double timesC,
    Map<String, Double> cores,
    Map<String, Double> microsPerTurn,
    double turnsPerCommit,
    double writesPerTurn,
    double walBytesPerTurn,
    double heapLiveMegabytes,
    double heapCommittedMegabytes,
    double residentMegabytes,
    @Nullable Long backlogAfter,
    List<Verdict> verdicts) {}
