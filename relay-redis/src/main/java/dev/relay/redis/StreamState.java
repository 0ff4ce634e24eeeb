package dev.relay.redis;

import dev.relay.message.Json;
import dev.relay.transport.CarrierReport;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What Redis says of the stream of published events. Immutable.
 *
 * @param length entries
 * @param lastId of the last entry that ever came; empty where there is no stream
 * @param oldest when the first was published; absent where it can't be read
 * @param newest when the last was
 */
record StreamState(long length, String lastId, @Nullable Instant oldest, @Nullable Instant newest) {
  /** No stream. */
  static final StreamState MISSING = new StreamState(0, "", null, null);

  boolean isThere() {
    return !lastId.isEmpty();
  }

  /** From the reply to XINFO STREAM. */
  static StreamState of(List<Object> reply) {
    Map<String, Object> fields = pairs(reply);
    return new StreamState(
        number(fields.get("length")),
        String.valueOf(fields.get("last-generated-id")),
        published(fields.get("first-entry")),
        published(fields.get("last-entry")));
  }

  /** From the reply to XINFO GROUPS. */
  static List<CarrierReport.Group> groups(List<Object> reply) {
    List<CarrierReport.Group> groups = new ArrayList<>();
    for (Object one : reply) {
      Map<String, Object> fields = pairs(one);
      groups.add(
          new CarrierReport.Group(
              String.valueOf(fields.get("name")),
              number(fields.get("consumers")),
              number(fields.get("pending")),
              String.valueOf(fields.get("last-delivered-id"))));
    }
    return groups;
  }

  /** Names and values that follow each other in a list. */
  private static Map<String, Object> pairs(@Nullable Object list) {
    Map<String, Object> pairs = new LinkedHashMap<>();
    if (list instanceof List<?> items) {
      for (int i = 0; i + 1 < items.size(); i += 2) {
        Object value = items.get(i + 1);
        pairs.put(String.valueOf(items.get(i)), value == null ? "" : value);
      }
    }
    return pairs;
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  /** The time in an entry's event: its id says no time. */
  private static @Nullable Instant published(@Nullable Object entry) {
    if (!(entry instanceof List<?> idAndFields) || idAndFields.size() < 2) {
      return null;
    }
    Object event = pairs(idAndFields.get(1)).get("event");
    try {
      return event == null
          ? null
          : Instant.parse(Json.mapper().readTree(event.toString()).path("time").asString(""));
    } catch (JacksonException | DateTimeException unreadable) {
      return null;
    }
  }
}
