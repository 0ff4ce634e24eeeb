package dev.relay.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CpuTimesTest {
  @Test
  void a_name_with_blanks_and_parentheses_does_not_move_the_fields() {
    ProcStat stat =
        ProcStat.parse(
            "42 (a) (b c) S 1 42 42 0 -1 4194560 900 0 0 0 150 50 30 20 20 0 12 0 100 1 2 3");
    assertThat(stat).isEqualTo(new ProcStat("a) (b c", 2.0, 0.5));
  }

  @Test
  void cores_are_the_time_between_two_readings_over_the_time_that_passed() {
    CpuTimes before = new CpuTimes(1_000_000_000, Map.of("node", 3.0));
    CpuTimes after = new CpuTimes(3_000_000_000L, Map.of("node", 6.0, "load", 0.5));
    assertThat(after.coresSince(before))
        .containsOnly(Map.entry("node", 1.5), Map.entry("load", 0.25));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void this_process_and_the_machine_are_read() {
    long self = ProcessHandle.current().pid();
    assertThat(CpuTimes.ofProcesses(Map.of("node", self), self).seconds())
        .containsKeys("node", CpuTimes.MACHINE, CpuTimes.STOLEN);
    assertThat(CpuTimes.ofThreads(self).seconds()).isNotEmpty();
    assertThat(Memory.peakResident(self)).isPositive();
  }

  @Test
  void a_process_that_has_ended_is_left_out() {
    assertThat(CpuTimes.ofProcesses(Map.of("node", -1L), -1).seconds()).doesNotContainKey("node");
    assertThat(CpuTimes.ofThreads(-1).seconds()).isEmpty();
  }
}
