package dev.relay.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant: those for which everything that is present holds.
 *
 * @param actor the receiving actor
 * @param event the message's type
 * @param key the receiving instance's key; an empty one means letters that name no instance
 * @param error a part of the last error, in any case: a code ({@code RLY-2107}), a reason, a word
 * @param diedFrom given up at this time or later
 * @param diedBefore given up before this time
 */
public record DeadLetterFilter(
    @Nullable String actor,
    @Nullable String event,
    @Nullable String key,
    @Nullable String error,
    @Nullable Instant diedFrom,
    @Nullable Instant diedBefore) {
  /** All of them. */
  public static final DeadLetterFilter ALL =
      new DeadLetterFilter(null, null, null, null, null, null);

  public DeadLetterFilter ofActor(@Nullable String value) {
    return new DeadLetterFilter(value, event, key, error, diedFrom, diedBefore);
  }

  public DeadLetterFilter ofEvent(@Nullable String value) {
    return new DeadLetterFilter(actor, value, key, error, diedFrom, diedBefore);
  }

  public DeadLetterFilter ofKey(@Nullable String value) {
    return new DeadLetterFilter(actor, event, value, error, diedFrom, diedBefore);
  }

  public DeadLetterFilter withError(@Nullable String value) {
    return new DeadLetterFilter(actor, event, key, value, diedFrom, diedBefore);
  }

  public DeadLetterFilter diedFrom(@Nullable Instant value) {
    return new DeadLetterFilter(actor, event, key, error, value, diedBefore);
  }

  public DeadLetterFilter diedBefore(@Nullable Instant value) {
    return new DeadLetterFilter(actor, event, key, error, diedFrom, value);
  }
}
