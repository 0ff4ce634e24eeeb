package dev.relay.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.failure.ErrorCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorsLookupCommandTest {
  @ParameterizedTest
  @EnumSource
  void every_error_code_has_a_page_that_says_what_helps(ErrorCode code) {
    assertThat(ErrorsLookupCommand.page(code)).as(code.code()).contains("\n- ");
  }
}
