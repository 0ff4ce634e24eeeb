package dev.relay.server.http;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The query of a URL. A parameter nobody reads is refused, because ignoring {@code ?eventname=}
 * would answer another question than the one that was asked. Immutable.
 */
public final class Query {
  private final Map<String, String> values;

  private Query(Map<String, String> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  static Query parse(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = PercentCoding.decode(equals < 0 ? pair : pair.substring(0, equals), true);
      String value = equals < 0 ? "" : PercentCoding.decode(pair.substring(equals + 1), true);
      if (values.putIfAbsent(name, value) != null) {
        throw refused("the query has \"" + name + "\" twice; once is enough", null);
      }
    }
    return new Query(values);
  }

  /** Refuses whatever isn't one of these names. */
  public Query only(String... names) {
    List<String> known = List.of(names);
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw refused(
            "the query has \"" + name + "\", which nothing here reads",
            known.isEmpty() ? "send no query" : "known here: " + String.join(", ", known));
      }
    }
    return this;
  }

  /** The value of a parameter; empty where it is absent or has none. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  /** A whole number within bounds. */
  public int number(String name, int fallback, int least, int most) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      int value = Integer.parseInt(text.get());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // said below, with the same words as for a number out of bounds
    }
    throw refused(
        "\"" + name + "\" is a whole number from " + least + " to " + most + ", not " + text.get(),
        null);
  }

  private static RelayException refused(
      String message, @org.jspecify.annotations.Nullable String remedy) {
    return RelayException.of(ErrorCode.MALFORMED_REQUEST, message).remedy(remedy).build();
  }
}
