package dev.relay.message;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The id of a message: a UUID of version 7 (RFC 9562), so ids sort by the time they were minted.
 * Immutable.
 *
 * @param value the canonical lower-case text form, 36 characters
 */
public record MessageId(String value) implements Comparable<MessageId> {
  public MessageId {
    if (value.length() != 36) {
      throw new IllegalArgumentException("a message id is a UUID of 36 characters, not: " + value);
    }
  }

  /** A new id; ids minted by one process are strictly increasing. Safe for use by many threads. */
  public static MessageId mint() {
    return new MessageId(UuidCreator.getTimeOrderedEpochPlus1().toString());
  }

  /**
   * A known id.
   *
   * @throws IllegalArgumentException where the text isn't a UUID
   */
  public static MessageId of(String text) {
    return new MessageId(UUID.fromString(text).toString());
  }

  /** The smallest id that could be minted in this millisecond: where a search by time begins. */
  public static MessageId firstOf(Instant time) {
    return new MessageId(new UUID(time.toEpochMilli() << 16 | 0x7000, 1L << 63).toString());
  }

  /** When it was minted, to the millisecond; empty where it isn't a UUID of version 7. */
  public Optional<Instant> time() {
    try {
      UUID id = UUID.fromString(value);
      return id.version() == 7
          ? Optional.of(Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16))
          : Optional.empty();
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(MessageId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
