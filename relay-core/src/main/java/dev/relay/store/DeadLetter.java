package dev.relay.store;

import dev.relay.message.Message;
import java.time.Instant;

/**
 * A delivery that was given up, kept until a person retries or discards it.
 *
 * @param id the delivery's id, a UUID; not the message's, which all receivers of an event share
 * @param actor the actor it is owed to
 * @param key the instance; empty where the payload names none
 * @param message what is owed
 * @param attempts how often it was tried since it was owed or last retried by a person; 0 where it
 *     was undeliverable from the start
 * @param error the last error: its code, then a sentence for people
 * @param diedAt when it was given up
 */
public record DeadLetter(
    String id,
    String actor,
    String key,
    Message message,
    int attempts,
    String error,
    Instant diedAt) {}
