package dev.relay.server.endpoint;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.ActorAddress;
import dev.relay.node.SendRequest;
import dev.relay.server.http.Call;
import dev.relay.server.http.TraceContext;
import io.undertow.util.HttpString;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a caller says to send a message: the document, and the headers that say the same. */
final class SendBody {
  /** The same id in header and body; the name is that of the IETF draft. */
  private static final HttpString IDEMPOTENCY_KEY = new HttpString("Idempotency-Key");

  private static final HttpString TRACEPARENT = new HttpString("traceparent");

  /** Longest request id and correlation id in characters, as the engine takes them. */
  private static final int LONGEST_ID = 200;

  /** Longest time an ask may take, in milliseconds; chosen, longer work is no request. */
  private static final int LONGEST_TIMEOUT = 600_000;

  private static final List<String> TO_ACTOR =
      List.of("event_type", "payload", "request_id", "key", "timeout_ms", "correlation_id");
  private static final List<String> TO_ALL =
      List.of("event_type", "payload", "request_id", "correlation_id");

  private SendBody() {}

  /** A message for one actor. */
  static SendRequest toActor(Call call, String actor, JsonNode document) {
    Fields fields = new Fields(document, TO_ACTOR);
    SendRequest request = read(call, fields, actor);
    String key = fields.optional("key", ActorAddress.MAX_KEY_LENGTH);
    int timeout = fields.number("timeout_ms", 1, LONGEST_TIMEOUT);
    fields.done(
        "send {\"event_type\": \"…\", \"payload\": {…}}; optional are request_id, key, timeout_ms"
            + " and correlation_id");
    if (key == null && timeout == 0) {
      return request;
    }
    return request.withKey(key).withTimeout(timeout == 0 ? null : Duration.ofMillis(timeout));
  }

  /** An event for all its consumers. */
  static SendRequest toAll(Call call, JsonNode document) {
    Fields fields = new Fields(document, TO_ALL);
    SendRequest request = read(call, fields, null);
    fields.done(
        "send {\"event_type\": \"…\", \"payload\": {…}}; optional are request_id and"
            + " correlation_id");
    return request;
  }

  private static SendRequest read(Call call, Fields fields, @Nullable String actor) {
    String event = fields.required("event_type");
    JsonNode payload = fields.any("payload");
    String requestId = requestId(call, fields.optional("request_id", LONGEST_ID));
    String correlation = fields.optional("correlation_id", LONGEST_ID);
    return new SendRequest(
        actor,
        event,
        payload,
        null,
        requestId,
        null,
        correlation,
        TraceContext.valid(call.header(TRACEPARENT)));
  }

  /** The id from the body, the header, or both where they agree. */
  private static @Nullable String requestId(Call call, @Nullable String fromBody) {
    String header = call.header(IDEMPOTENCY_KEY);
    if (header == null) {
      return fromBody;
    }
    String id = unquoted(header.trim());
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      throw RelayException.of(
              ErrorCode.MALFORMED_REQUEST,
              "the header Idempotency-Key has " + id.length() + " characters")
          .remedy("send 1 to " + LONGEST_ID + " characters, a UUID for example")
          .build();
    }
    if (fromBody != null && !fromBody.equals(id)) {
      throw RelayException.of(
              ErrorCode.MALFORMED_REQUEST,
              "the header Idempotency-Key and the field request_id are two different ids")
          .remedy("send one of them, or the same id in both")
          .build();
    }
    return id;
  }

  /** The draft writes the id in quotes, most clients without; both mean the same. */
  private static String unquoted(String header) {
    boolean quoted = header.length() >= 2 && header.startsWith("\"") && header.endsWith("\"");
    return quoted ? header.substring(1, header.length() - 1) : header;
  }
}
