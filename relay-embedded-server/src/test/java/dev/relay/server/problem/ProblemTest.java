package dev.relay.server.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.Json;
import dev.relay.schema.Violation;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

class ProblemTest {
  @Test
  void a_refusal_is_written_with_every_violation_its_reason_and_the_way_out() {
    RelayException failure =
        RelayException.of(ErrorCode.PAYLOAD_INVALID, "ADD_TO_CART has 1 problem")
            .reason("WHY")
            .remedy("relay catalog show ADD_TO_CART")
            .violations(List.of(new Violation("/quantity", "type", "is a string")))
            .build();

    assertThat(written(failure))
        .isEqualTo(
            Json.mapper()
                .readTree(
                    """
                    {"success": false, "type": "/errors/RLY-2101",
                     "title": "the payload breaks its schema", "status": 422,
                     "code": "RLY-2101", "detail": "ADD_TO_CART has 1 problem",
                     "instance": "/api/actors/cart", "reason": "WHY",
                     "remedy": "relay catalog show ADD_TO_CART",
                     "violations": [
                       {"pointer": "/quantity", "keyword": "type", "message": "is a string"}]}
                    """));
  }

  @Test
  void a_failure_nobody_planned_tells_its_incident_and_nothing_of_its_inside() {
    JsonNode problem =
        written(new CompletionException(new IllegalStateException("password is hunter2")));

    assertThat(problem.path("status").asInt()).isEqualTo(500);
    assertThat(problem.path("detail").asString()).contains("incident");
    assertThat(problem.toString()).doesNotContain("hunter2", "IllegalState");
  }

  @Test
  void a_fault_that_relay_calls_its_own_keeps_its_inside_too() {
    JsonNode problem =
        written(RelayException.of(ErrorCode.INTERNAL, "at Engine.java:12 value was x").build());

    assertThat(problem.toString()).doesNotContain("Engine.java");
  }

  private static JsonNode written(Throwable failure) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.mapper().createGenerator(bytes)) {
      Problem.of(failure).write(json, "/api/actors/cart");
    }
    return Json.mapper().readTree(bytes.toByteArray());
  }
}
