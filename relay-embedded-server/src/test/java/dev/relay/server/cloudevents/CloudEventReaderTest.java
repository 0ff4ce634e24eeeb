package dev.relay.server.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.Json;
import dev.relay.node.SendRequest;
import dev.relay.schema.Violation;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CloudEventReaderTest {
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void the_structured_form_is_an_event_to_publish() {
    SendRequest request =
        CloudEventReader.structured(
            json(
                """
                {"specversion": "1.0", "id": "7", "source": "/shop", "type": "ORDER_PAID",
                 "data": {"orderId": "o1"}, "traceparent": "%s", "correlationid": "c-1",
                 "someextension": 5}
                """
                    .formatted(TRACE)));

    assertThat(request)
        .isEqualTo(
            SendRequest.publish("ORDER_PAID", json("{\"orderId\": \"o1\"}"))
                .withRequestId("/shop 7")
                .withTrace("c-1", TRACE));
  }

  @Test
  void the_binary_form_says_the_same_in_headers() {
    Map<String, String> headers =
        Map.of(
            "ce-specversion", "1.0",
            "ce-id", "7",
            "ce-source", "/shop%20one",
            "ce-type", "ORDER_PAID");

    SendRequest request = CloudEventReader.binary(headers::get, json("{\"orderId\": \"o1\"}"));

    assertThat(request)
        .isEqualTo(
            SendRequest.publish("ORDER_PAID", json("{\"orderId\": \"o1\"}"))
                .withRequestId("/shop one 7"));
  }

  @Test
  void all_that_is_missing_is_told_at_once() {
    RelayException failure =
        catchThrowableOfType(
            RelayException.class,
            () -> CloudEventReader.structured(json("{\"specversion\": \"0.3\", \"id\": 7}")));

    assertThat(failure.code()).isEqualTo(ErrorCode.MALFORMED_REQUEST);
    assertThat(failure.violations())
        .extracting(violation -> violation.pointer() + " " + violation.message())
        .containsExactlyInAnyOrder(
            "/specversion is \"0.3\", must be \"1.0\"",
            " required attribute \"id\" is missing",
            " required attribute \"source\" is missing",
            " required attribute \"type\" is missing",
            " required attribute \"data\" is missing");
  }

  @Test
  void a_payload_in_base64_is_refused_in_words() {
    RelayException failure =
        catchThrowableOfType(
            RelayException.class,
            () ->
                CloudEventReader.structured(
                    json(
                        """
                        {"specversion": "1.0", "id": "7", "source": "/s", "type": "T",
                         "data_base64": "e30=", "data": {}}
                        """)));

    assertThat(failure.violations()).extracting(Violation::pointer).containsExactly("/data_base64");
  }

  @Test
  void a_source_without_end_still_makes_a_short_request_id_of_its_own() {
    SendRequest one = withSource("/shop/".repeat(100) + "1");
    SendRequest two = withSource("/shop/".repeat(100) + "2");

    assertThat(one.requestId()).hasSizeLessThan(200).isNotEqualTo(two.requestId());
    assertThat(one).isEqualTo(withSource("/shop/".repeat(100) + "1"));
  }

  private static SendRequest withSource(String source) {
    return CloudEventReader.binary(
        Map.of("ce-specversion", "1.0", "ce-id", "7", "ce-source", source, "ce-type", "T")::get,
        json("{}"));
  }

  private static JsonNode json(String text) {
    return Json.mapper().readTree(text);
  }
}
