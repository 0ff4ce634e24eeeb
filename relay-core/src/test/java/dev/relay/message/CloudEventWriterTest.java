package dev.relay.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CloudEventWriterTest {
  @Test
  void the_source_is_a_uri_reference_whatever_the_key() {
    Headers headers =
        new Headers(
            "c",
            null,
            null,
            new ActorAddress("cart", "a b/c*~é+%"),
            "1.0.0",
            Instant.parse("2026-01-01T00:00:00Z"));
    Message message =
        new Message(MessageId.mint(), "ADDED", Json.mapper().createObjectNode(), headers);

    JsonNode event = Json.mapper().readTree(CloudEventWriter.text(message));

    assertThat(event.get("source").asString())
        .isEqualTo("/api/actors/cart/a%20b%2Fc%2A~%C3%A9%2B%25");
    assertThat(event.get("subject").asString()).isEqualTo("a b/c*~é+%");
    assertThat(event.get("specversion").asString()).isEqualTo("1.0");
  }
}
