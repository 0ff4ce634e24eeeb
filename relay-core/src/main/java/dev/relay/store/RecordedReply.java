package dev.relay.store;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a request with an id, kept so that a repeat gets the same.
 *
 * @param requestId the caller's id, 1 to 200 characters
 * @param fingerprint SHA-256 of receiver, event and payload, hexadecimal: the same id with another
 *     one is a conflict
 * @param messageId the id of the first request's message
 * @param data the reply as JSON text; absent where there is none
 * @param emitted a JSON array of the names of the emitted events
 */
public record RecordedReply(
    String requestId,
    String fingerprint,
    String messageId,
    @Nullable String data,
    String emitted) {}
