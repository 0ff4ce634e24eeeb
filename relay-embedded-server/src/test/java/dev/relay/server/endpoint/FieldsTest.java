package dev.relay.server.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.Json;
import dev.relay.schema.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldsTest {
  private static final List<String> KNOWN = List.of("event_type", "request_id", "timeout_ms");

  @Test
  void fields_are_read_as_they_are() {
    Fields fields = fields("{\"event_type\": \"A\", \"request_id\": null, \"timeout_ms\": 250}");

    assertThat(fields.required("event_type")).isEqualTo("A");
    assertThat(fields.optional("request_id", 10)).isNull();
    assertThat(fields.number("timeout_ms", 1, 1000)).isEqualTo(250);
    fields.done("");
  }

  @Test
  void every_problem_is_told_at_once_with_its_place() {
    Fields fields = fields("{\"requestid\": \"1\", \"timeout_ms\": 2.5, \"request_id\": \"\"}");
    fields.required("event_type");
    fields.optional("request_id", 10);
    fields.number("timeout_ms", 1, 1000);

    RelayException failure =
        catchThrowableOfType(RelayException.class, () -> fields.done("send it right"));

    assertThat(failure.code()).isEqualTo(ErrorCode.MALFORMED_REQUEST);
    assertThat(failure.remedy()).hasValue("send it right");
    assertThat(failure.violations())
        .extracting(Violation::pointer)
        .containsExactly("/requestid", "", "/request_id", "/timeout_ms");
    assertThat(failure.violations().get(0).message()).contains("did you mean \"request_id\"");
  }

  @Test
  void a_document_that_is_no_object_is_refused() {
    Fields fields = fields("[1]");

    RelayException failure = catchThrowableOfType(RelayException.class, () -> fields.done(""));

    assertThat(failure.violations()).extracting(Violation::pointer).containsExactly("");
  }

  private static Fields fields(String json) {
    return new Fields(Json.mapper().readTree(json), KNOWN);
  }
}
