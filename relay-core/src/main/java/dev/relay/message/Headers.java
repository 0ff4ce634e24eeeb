package dev.relay.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What travels beside the payload. Immutable.
 *
 * @param correlation the id that all messages caused by one request share
 * @param causation the id of the message whose turn emitted or asked this one; absent on a request
 *     of a client
 * @param traceparent the W3C Trace Context header, where a caller sent one
 * @param producer the actor instance that emitted or asked the message; absent where a client sent
 *     it
 * @param schemaVersion the catalog's schema version the payload was checked against
 * @param time when the message came to be
 * @param replyTo the node where the one who caused an event waits for what those that are asked by
 *     it reply; absent where nobody waits
 */
public record Headers(
    String correlation,
    @Nullable String causation,
    @Nullable String traceparent,
    @Nullable ActorAddress producer,
    String schemaVersion,
    Instant time,
    @Nullable String replyTo) {

  /** Of a message to whose consumers' replies nobody listens. */
  public Headers(
      String correlation,
      @Nullable String causation,
      @Nullable String traceparent,
      @Nullable ActorAddress producer,
      String schemaVersion,
      Instant time) {
    this(correlation, causation, traceparent, producer, schemaVersion, time, null);
  }
}
