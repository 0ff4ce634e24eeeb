package dev.relay.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.failure.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExitCodeTest {
  @ParameterizedTest
  @EnumSource
  void every_error_code_ends_in_an_exit_code_that_says_failure(ErrorCode code) {
    assertThat(ExitCode.table()).containsKey(code);
    assertThat(ExitCode.of(code)).isNotEqualTo(ExitCode.DONE);
  }

  @Test
  void the_numbers_are_those_scripts_depend_on() {
    assertThat(ExitCode.values())
        .extracting(ExitCode::number)
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 130);
    assertThat(ExitCode.of(ErrorCode.PAYLOAD_INVALID).number()).isEqualTo(3);
    assertThat(ExitCode.of(ErrorCode.UNKNOWN_EVENT).number()).isEqualTo(5);
    assertThat(ExitCode.of(ErrorCode.DATABASE_UNREACHABLE).number()).isEqualTo(6);
    assertThat(ExitCode.of(ErrorCode.TIMED_OUT).number()).isEqualTo(7);
  }
}
