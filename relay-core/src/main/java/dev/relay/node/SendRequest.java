package dev.relay.node;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A message from outside, before it is checked. Immutable.
 *
 * @param actor the receiving actor; absent for an event that is published to all its consumers
 * @param event the event's name
 * @param payload the payload as it came
 * @param key the actor instance, where the payload shouldn't decide
 * @param requestId answers the same request once; absent where a repeat may run again
 * @param timeout how long an ask may take; absent for the catalog's own timeout
 * @param correlation the id shared by all that this causes; absent for a new one
 * @param traceparent the caller's W3C Trace Context header
 * @param asker the turn that asks, where an actor's handler does; absent for a client
 */
public record SendRequest(
    @Nullable String actor,
    String event,
    JsonNode payload,
    @Nullable String key,
    @Nullable String requestId,
    @Nullable Duration timeout,
    @Nullable String correlation,
    @Nullable String traceparent,
    @Nullable Asker asker) {

  /** A client's message. */
  public SendRequest(
      @Nullable String actor,
      String event,
      JsonNode payload,
      @Nullable String key,
      @Nullable String requestId,
      @Nullable Duration timeout,
      @Nullable String correlation,
      @Nullable String traceparent) {
    this(actor, event, payload, key, requestId, timeout, correlation, traceparent, null);
  }

  /** A message for one actor with nothing but the payload said. */
  public static SendRequest to(String actor, String event, JsonNode payload) {
    return new SendRequest(actor, event, payload, null, null, null, null, null);
  }

  /** An event for all its consumers. */
  public static SendRequest publish(String event, JsonNode payload) {
    return new SendRequest(null, event, payload, null, null, null, null, null);
  }

  public SendRequest withRequestId(@Nullable String value) {
    return new SendRequest(
        actor, event, payload, key, value, timeout, correlation, traceparent, asker);
  }

  public SendRequest withKey(@Nullable String value) {
    return new SendRequest(
        actor, event, payload, value, requestId, timeout, correlation, traceparent, asker);
  }

  public SendRequest withTimeout(@Nullable Duration value) {
    return new SendRequest(
        actor, event, payload, key, requestId, value, correlation, traceparent, asker);
  }

  public SendRequest withTrace(@Nullable String correlationId, @Nullable String traceparentHeader) {
    return new SendRequest(
        actor, event, payload, key, requestId, timeout, correlationId, traceparentHeader, asker);
  }

  /** The same, asked by a turn. */
  public SendRequest withAsker(Asker value) {
    return new SendRequest(
        actor, event, payload, key, requestId, timeout, correlation, traceparent, value);
  }
}
