package dev.relay.store;

import java.time.Instant;

/**
 * A delivery that somebody wants to hear of.
 *
 * @param messageId the message's id
 * @param actor the receiving actor
 * @param key the receiving instance; empty where the payload names none
 * @param since when the message came to be
 */
public record ExpectedDelivery(String messageId, String actor, String key, Instant since) {}
