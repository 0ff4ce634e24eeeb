package dev.relay.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.relay.bench.load.Latency;
import dev.relay.bench.load.Measurement;
import dev.relay.bench.process.HeapUse;
import dev.relay.bench.report.Findings.Failed;
import dev.relay.bench.report.Findings.RowCheck;
import dev.relay.bench.report.Result.Backlog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
  @Test
  void figures_are_medians_and_ratios_compare_within_a_round() {
    Report report =
        report(
            result("b", 1, 64, 1_000, 40),
            result("b", 2, 64, 2_000, 40),
            result("relay-http", 1, 64, 4_000, 10),
            result("relay-http", 2, 64, 10_000, 30));
    Line relay = line(report, "relay-http");
    assertThat(relay.turns()).isEqualTo(7_000);
    assertThat(relay.slowest()).isEqualTo(4_000);
    assertThat(relay.fastest()).isEqualTo(10_000);
    assertThat(relay.timesB()).isEqualTo(4.5);
    assertThat(relay.verdicts())
        .extracting(Verdict::toString)
        .containsExactly(
            "reached ≥ 4 × b (4.50)",
            "reached ≤ 0.5 × b's p99 (0.50)",
            "reached heap ≤ 512 MB (100.00)");
    assertThat(line(report, "b").verdicts()).isEmpty();
  }

  @Test
  void a_missed_target_is_said() {
    Report report = report(result("b", 1, 64, 1_000, 40), result("relay-http", 1, 64, 3_900, 21));
    assertThat(line(report, "relay-http").verdicts())
        .extracting(Verdict::reached)
        .containsExactly(false, false, true);
  }

  @Test
  void one_client_is_judged_by_latency_alone() {
    Report report = report(result("b", 1, 1, 500, 4), result("relay-http", 1, 1, 400, 5));
    assertThat(line(report, "relay-http").verdicts())
        .extracting(Verdict::toString)
        .first()
        .isEqualTo("reached ≤ 1.3 × b's p50 (1.25)");
  }

  @Test
  void the_library_is_judged_by_the_better_of_group_commit() {
    Report report =
        report(
            result("c1", 1, 1, 10_000, 4),
            result("c2", 1, 2, 20_000, 4),
            result("relay-library", 1, 64, 9_000, 8));
    Line library = line(report, "relay-library");
    assertThat(library.timesC()).isCloseTo(0.45, within(1e-9));
    assertThat(library.verdicts()).extracting(Verdict::reached).containsExactly(false, true);
    assertThat(line(report, "c1").timesB()).isNull();
  }

  @Test
  void consumers_have_to_keep_up_for_a_minute() {
    Result slow = consuming(3_000, 6_001, 60);
    Result kept = consuming(3_000, 6_000, 60);
    Result shorter = consuming(3_000, 0, 59);
    assertThat(keptUp(slow)).containsExactly(false, true);
    assertThat(keptUp(kept)).containsExactly(true, true);
    assertThat(keptUp(shorter)).containsExactly(true, false);
  }

  @Test
  void without_the_yardsticks_there_are_figures_and_no_ratios() {
    Line relay = line(report(result("relay-http", 1, 64, 4_000, 10)), "relay-http");
    assertThat(relay.timesB()).isNull();
    assertThat(relay.timesC()).isNull();
    assertThat(relay.verdicts()).hasSize(1);
  }

  @Test
  void processor_time_is_split_by_turn() {
    Line line = line(report(result("b", 1, 64, 2_000, 40)), "b");
    assertThat(line.microsPerTurn()).containsEntry("node", 500.0);
    assertThat(line.turnsPerCommit()).isEqualTo(2);
    assertThat(line.writesPerTurn()).isEqualTo(0.25);
    assertThat(line.walBytesPerTurn()).isEqualTo(300);
  }

  @Test
  void the_slowest_ten_seconds_are_found() {
    assertThat(Report.slowestTenSeconds(List.of(5L, 5L))).isEqualTo(5);
    assertThat(
            Report.slowestTenSeconds(List.of(9L, 9L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 9L)))
        .isEqualTo(1);
  }

  @Test
  void what_is_wrong_is_told_in_sentences() {
    Findings findings =
        new Findings(
            Map.of(),
            Map.of("b", "hand-written"),
            List.of(result("b", 1, 64, 2_000, 40, 7, "HTTP 503")),
            List.of(new RowCheck("b", 1, 1_000, 999), new RowCheck("b", 2, 5, 5)),
            List.of(new Failed("a", 1, "no space")));
    assertThat(Report.of(findings).problems())
        .containsExactly(
            "a was not measured in round 1: no space",
            "b acknowledged 1,000 turns in round 1, but 999 are in the database",
            "b with 64 clients had 7 errors, the first: HTTP 503");
  }

  @Test
  void both_formats_carry_every_line() {
    Report report = report(result("b", 1, 64, 2_000, 40), result("c1", 1, 1, 9_000, 4));
    JsonNode json = JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsString(report));
    assertThat(json.get("lines")).hasSize(2);
    assertThat(new TableReport(report).toString()).contains("2,000").contains("9,000");
  }

  private static List<Boolean> keptUp(Result consumers) {
    Report report = report(result("b", 1, 64, 1_000, 40), consumers);
    return line(report, "relay-consumers").verdicts().subList(2, 4).stream()
        .map(Verdict::reached)
        .toList();
  }

  private static Report report(Result... results) {
    Map<String, String> titles = new LinkedHashMap<>();
    for (String name : List.of("b", "c1", "c2", "relay-http", "relay-consumers", "relay-library")) {
      titles.put(name, "the " + name);
    }
    return Report.of(new Findings(Map.of(), titles, List.of(results), List.of(), List.of()));
  }

  private static Line line(Report report, String contestant) {
    return report.lines().stream()
        .filter(line -> line.contestant().equals(contestant))
        .findFirst()
        .orElseThrow();
  }

  private static Result consuming(long turns, long backlog, double seconds) {
    Result some = result("relay-consumers", 1, 64, turns, 10);
    Measurement measured =
        new Measurement(
            64,
            seconds,
            Math.round(turns * seconds),
            0,
            0,
            some.measured().latency(),
            List.of(turns),
            null,
            List.of());
    return new Result(
        "relay-consumers",
        1,
        measured,
        Map.of(),
        Map.of(),
        1,
        1,
        1,
        some.heap(),
        1,
        new Backlog(0, backlog),
        null);
  }

  private static Result result(String name, int round, int clients, long turns, double millis) {
    return result(name, round, clients, turns, millis, 0, null);
  }

  /** A phase of one second in which the node kept one core busy. */
  private static Result result(
      String name,
      int round,
      int clients,
      long turns,
      double millis,
      long errors,
      @Nullable String firstError) {
    Latency latency = new Latency(millis, millis, millis, millis, millis, millis);
    return new Result(
        name,
        round,
        new Measurement(
            clients, 1, turns, turns, errors, latency, List.of(turns), firstError, List.of()),
        Map.of("node", 1.0),
        Map.of(),
        turns / 2,
        turns / 4,
        turns * 300,
        new HeapUse(50L << 20, 100L << 20, 512L << 20, 1, 1),
        200L << 20,
        null,
        null);
  }
}
