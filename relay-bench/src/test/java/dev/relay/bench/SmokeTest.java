package dev.relay.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.bench.contestant.Contestant;
import dev.relay.bench.contestant.Contestants;
import dev.relay.bench.report.Findings;
import dev.relay.bench.report.Report;
import dev.relay.bench.report.Result;
import dev.relay.bench.report.TableReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole run with all its processes, too short to measure anything. */
class SmokeTest {
  private static final int CLIENTS = 4;

  @TempDir private Path folder;

  @Test
  void every_yardstick_has_in_its_tables_what_it_acknowledged() throws Exception {
    List<Contestant> contestants = Contestants.matching(List.of("a", "b", "c2-consumed"));
    Findings findings = new Driver(plan(contestants)).run();

    assertThat(findings.failed()).isEmpty();
    assertThat(findings.rows()).hasSameSizeAs(contestants);
    assertThat(findings.rows())
        .allSatisfy(rows -> assertThat(rows.written()).isEqualTo(rows.accepted()).isPositive());
    assertThat(findings.results()).hasSameSizeAs(contestants);
    assertThat(findings.results())
        .allSatisfy(result -> assertThat(result.measured().errors()).isZero());
    assertThat(findings.results())
        .extracting(Result::backlog)
        .containsExactly(null, null, new Result.Backlog(0, 0));
    Report report = Report.of(findings);
    assertThat(report.problems()).isEmpty();
    assertThat(new TableReport(report).toString()).contains("Profile of b, 4 clients");
  }

  private Plan plan(List<Contestant> contestants) {
    return new Plan(
        contestants,
        List.of(CLIENTS),
        Duration.ofSeconds(2),
        Duration.ofMillis(500),
        Duration.ofMillis(100),
        1_000,
        1,
        List.of("-Xmx128m"),
        true,
        folder);
  }
}
