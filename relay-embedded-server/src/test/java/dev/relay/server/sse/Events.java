package dev.relay.server.sse;

import dev.relay.message.ActorAddress;
import dev.relay.message.Headers;
import dev.relay.message.Json;
import dev.relay.message.Message;
import dev.relay.message.MessageId;
import dev.relay.store.FeedEntry;
import dev.relay.store.FeedPosition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Events to show. */
final class Events {
  private Events() {}

  static Message of(String type, @Nullable String actor, @Nullable String key, String correlation) {
    ActorAddress producer = actor == null || key == null ? null : new ActorAddress(actor, key);
    return new Message(
        MessageId.of("0190b5a0-0000-7000-8000-000000000001"),
        type,
        Json.mapper().readTree("{\"text\":\"two\\nlines\"}"),
        new Headers(
            correlation, null, null, producer, "1.0.0", Instant.parse("2026-11-01T10:00:00Z")));
  }

  static FeedEntry entry(long number) {
    return new FeedEntry(at(number), of("NUMBERED", "counter", "k" + number % 2, "c"));
  }

  static FeedPosition at(long number) {
    return new FeedPosition(number, number, 0);
  }
}
