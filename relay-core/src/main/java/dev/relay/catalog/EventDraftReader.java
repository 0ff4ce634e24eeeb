package dev.relay.catalog;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.Json;
import dev.relay.schema.Nearest;
import dev.relay.schema.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads an event to add from JSON and collects what is wrong with its form. Used once. */
final class EventDraftReader {
  private static final List<String> FIELDS =
      List.of(
          "event_name",
          "kind",
          "description",
          "producer_actor",
          "schema_version",
          "payload_schema",
          "result_schema",
          "status",
          "consumers",
          "created_at",
          "updated_at");
  private static final List<String> CONSUMER_FIELDS =
      List.of("actor", "pattern", "timeout_ms", "key_field");

  /** The database's default for a consumer. */
  private static final int DEFAULT_TIMEOUT_MS = 5000;

  private final List<Violation> violations = new ArrayList<>();

  EventDraft read(JsonNode json) {
    if (!json.isObject()) {
      add("", "type", "is " + kindOf(json) + ", must be an object with event_name");
      throw refused();
    }
    knownFields("", json, FIELDS);
    EventKind kind = choice("", json, "kind", EventKind.EVENT, EventKind.values(), EventKind::text);
    EventDraft draft =
        new EventDraft(
            required("", json, "event_name"),
            kind,
            textOr("", json, "description", ""),
            text("", json, "producer_actor"),
            textOr("", json, "schema_version", EventDraft.FIRST_VERSION),
            schemaOr(
                json, "payload_schema", Json.mapper().createObjectNode().put("type", "object")),
            schemaOr(json, "result_schema", null),
            consumers(json, kind));
    if (!textOr("", json, "status", "active").equals("active")) {
      add("/status", "const", "must be active or left out: what is added is active");
    }
    if (!violations.isEmpty()) {
      throw refused();
    }
    return draft;
  }

  private List<Consumer> consumers(JsonNode json, EventKind kind) {
    @Nullable JsonNode list = value(json, "consumers");
    List<Consumer> consumers = new ArrayList<>();
    if (list == null) {
      return consumers;
    }
    if (!list.isArray()) {
      add("/consumers", "type", "is " + kindOf(list) + ", must be an array");
      return consumers;
    }
    for (int i = 0; i < list.size(); i++) {
      JsonNode item = list.get(i);
      String pointer = "/consumers/" + i;
      if (item.isObject()) {
        consumers.add(consumer(pointer, item, kind));
      } else {
        add(pointer, "type", "is " + kindOf(item) + ", must be an object with actor");
      }
    }
    return consumers;
  }

  private Consumer consumer(String pointer, JsonNode json, EventKind kind) {
    knownFields(pointer, json, CONSUMER_FIELDS);
    Pattern usual = kind == EventKind.EVENT ? Pattern.PUBLISH : Pattern.ASK;
    return new Consumer(
        required(pointer, json, "actor"),
        choice(pointer, json, "pattern", usual, Pattern.values(), Pattern::text),
        timeout(pointer + "/timeout_ms", value(json, "timeout_ms")),
        text(pointer, json, "key_field"));
  }

  private Duration timeout(String pointer, @Nullable JsonNode value) {
    if (value == null) {
      return Duration.ofMillis(DEFAULT_TIMEOUT_MS);
    }
    if (!value.isNumber() || !value.canConvertToExactIntegral() || !value.canConvertToInt()) {
      add(pointer, "type", "is " + value + ", must be a whole number of milliseconds");
      return Duration.ofMillis(DEFAULT_TIMEOUT_MS);
    }
    return Duration.ofMillis(value.intValue());
  }

  private void knownFields(String pointer, JsonNode json, List<String> known) {
    for (String field : json.propertyNames()) {
      if (!known.contains(field)) {
        String escaped = field.replace("~", "~0").replace("/", "~1");
        String message = "unknown field" + Nearest.suggestion(field, known);
        add(pointer + "/" + escaped, "additionalProperties", message);
      }
    }
  }

  private String required(String pointer, JsonNode json, String field) {
    if (value(json, field) == null) {
      add(pointer + "/" + field, "required", "is missing");
    }
    return textOr(pointer, json, field, "");
  }

  private String textOr(String pointer, JsonNode json, String field, String otherwise) {
    @Nullable String text = text(pointer, json, field);
    return text == null ? otherwise : text;
  }

  private @Nullable String text(String pointer, JsonNode json, String field) {
    @Nullable JsonNode value = value(json, field);
    if (value != null && !value.isString()) {
      add(pointer + "/" + field, "type", "is " + kindOf(value) + ", must be a string");
      return null;
    }
    return value == null ? null : value.stringValue();
  }

  private <T> T choice(
      String pointer, JsonNode json, String field, T otherwise, T[] all, Function<T, String> name) {
    @Nullable String text = text(pointer, json, field);
    if (text == null) {
      return otherwise;
    }
    List<String> names = Arrays.stream(all).map(name).toList();
    int found = names.indexOf(text.toLowerCase(Locale.ROOT));
    if (found >= 0) {
      return all[found];
    }
    String message = "is \"" + text + "\", must be one of " + String.join(", ", names);
    add(pointer + "/" + field, "enum", message + Nearest.suggestion(text, names));
    return otherwise;
  }

  private @Nullable JsonNode schemaOr(JsonNode json, String field, @Nullable JsonNode otherwise) {
    @Nullable JsonNode schema = value(json, field);
    return schema == null ? otherwise : schema;
  }

  private static @Nullable JsonNode value(JsonNode json, String field) {
    @Nullable JsonNode value = json.get(field);
    return value == null || value.isNull() ? null : value;
  }

  private static String kindOf(JsonNode json) {
    return switch (json.getNodeType()) {
      case ARRAY -> "an array";
      case OBJECT -> "an object";
      case NULL -> "null";
      case STRING -> "a string";
      default -> "a " + json.getNodeType().name().toLowerCase(Locale.ROOT);
    };
  }

  private void add(String pointer, String keyword, String message) {
    violations.add(new Violation(pointer, keyword, message));
  }

  private RelayException refused() {
    return Refusal.of(ErrorCode.DEFINITION_INVALID, "the event can't be read", violations);
  }
}
