package dev.relay.find;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What an indexed value is, which decides how it is compared. */
public enum ValueType {
  /** Compared by code points. */
  TEXT("a text"),
  /** An exact decimal. */
  NUMBER("a number"),
  /** A point in time, RFC 3339; a date alone is its first moment in UTC. */
  TIME("a time such as 2026-05-02T10:00:00Z"),
  BOOLEAN("true or false");

  private final String words;

  ValueType(String words) {
    this.words = words;
  }

  /** What it is, for messages: {@code a text}, {@code a number}, … */
  public String words() {
    return words;
  }

  /**
   * A JSON value as the text that stands for it in comparisons; empty where it isn't of this type.
   */
  public Optional<String> text(JsonNode value) {
    return switch (this) {
      case TEXT -> value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
      case NUMBER ->
          value.isNumber() ? Optional.of(value.decimalValue().toPlainString()) : Optional.empty();
      case TIME -> value.isString() ? time(value.stringValue()) : Optional.empty();
      case BOOLEAN -> value.isBoolean() ? Optional.of(value.asString()) : Optional.empty();
    };
  }

  /** As {@link #text(JsonNode)}, of a word that somebody typed. */
  Optional<String> typed(String word) {
    return switch (this) {
      case TEXT -> Optional.of(word);
      case NUMBER -> number(word);
      case TIME -> time(word);
      case BOOLEAN ->
          word.equals("true") || word.equals("false") ? Optional.of(word) : Optional.empty();
    };
  }

  private static Optional<String> number(String word) {
    try {
      return word.length() > 100
          ? Optional.empty()
          : Optional.of(new BigDecimal(word).toPlainString());
    } catch (NumberFormatException none) {
      return Optional.empty();
    }
  }

  private static Optional<String> time(String word) {
    try {
      Instant instant =
          word.length() == 10
              ? LocalDate.parse(word).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(word).toInstant();
      return Optional.of(instant.toString());
    } catch (DateTimeParseException none) {
      return Optional.empty();
    }
  }
}
