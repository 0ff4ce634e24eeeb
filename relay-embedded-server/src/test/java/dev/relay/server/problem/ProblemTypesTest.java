package dev.relay.server.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.failure.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTypesTest {
  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void every_code_has_a_status_a_page_and_an_explanation(ErrorCode code) {
    ProblemType type = ProblemTypes.of(code);

    assertThat(type.status()).isBetween(400, 599);
    assertThat(type.code()).isEqualTo(code.code());
    assertThat(type.uri()).isEqualTo("/errors/" + code.code());
    assertThat(type.explanation()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "MALFORMED_JSON, 400",
    "MALFORMED_REQUEST, 400",
    "TOO_LARGE, 413",
    "UNKNOWN_EVENT, 404",
    "UNKNOWN_ACTOR, 404",
    "UNKNOWN_INSTANCE, 404",
    "PAYLOAD_INVALID, 422",
    "RULE_VIOLATED, 422",
    "REFUSED, 422",
    "REQUEST_ID_CONFLICT, 409",
    "OVERLOADED, 503",
    "SHUTTING_DOWN, 503",
    "DATABASE_UNREACHABLE, 503",
    "TIMED_OUT, 504",
    "INTERNAL, 500"
  })
  void the_statuses_that_the_design_promises(ErrorCode code, int status) {
    assertThat(ProblemTypes.of(code).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {"OVERLOADED", "SHUTTING_DOWN", "DATABASE_UNREACHABLE", "NOT_HOSTED"})
  void what_passes_by_itself_says_when_to_come_again(ErrorCode code) {
    assertThat(ProblemTypes.of(code).retryAfterSeconds()).isPositive();
  }

  @Test
  void no_two_kinds_share_a_code() {
    List<String> codes = ProblemTypes.all().stream().map(ProblemType::code).toList();

    assertThat(codes).doesNotHaveDuplicates().contains("HTTP-404", "HTTP-405", "HTTP-415");
  }
}
