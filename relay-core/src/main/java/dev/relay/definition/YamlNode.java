package dev.relay.definition;

import dev.relay.message.Json;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A YAML document as a finite tree in which everything knows its place. Immutable. */
sealed interface YamlNode {
  Place place();

  /** What it is, for messages: a text, a list, … */
  String kind();

  JsonNode json();

  /**
   * A single value.
   *
   * @param value String, BigDecimal, Boolean or null
   * @param text the value as it is written, without quotes and escapes
   * @param source finds the place of a character of the text in the file
   */
  record Scalar(Place place, @Nullable Object value, String text, ScalarSource source)
      implements YamlNode {
    boolean isText() {
      return value instanceof String;
    }

    Place at(int offset) {
      return source.at(offset);
    }

    @Override
    public String kind() {
      if (value == null) {
        return "nothing";
      }
      return isText() ? "a text" : value instanceof Boolean ? "true or false" : "a number";
    }

    @Override
    public JsonNode json() {
      if (value instanceof BigDecimal number) {
        boolean whole = text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
        return Json.mapper().valueToTree(whole ? number.toBigInteger() : number);
      }
      return Json.mapper().valueToTree(value);
    }
  }

  /** A list. */
  record Sequence(Place place, List<YamlNode> items) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }

    @Override
    public JsonNode json() {
      ArrayNode array = Json.mapper().createArrayNode();
      items.forEach(item -> array.add(item.json()));
      return array;
    }
  }

  /**
   * A mapping in the order of the file.
   *
   * @param entries by key
   */
  record Mapping(Place place, Map<String, Entry> entries) implements YamlNode {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Nullable YamlNode get(String key) {
      Entry entry = entries.get(key);
      return entry == null ? null : entry.value();
    }

    @Override
    public String kind() {
      return "a mapping";
    }

    @Override
    public JsonNode json() {
      ObjectNode object = Json.mapper().createObjectNode();
      entries.forEach((key, entry) -> object.set(key, entry.value().json()));
      return object;
    }
  }

  /** A key with its own place, and what it stands for. */
  record Entry(Place keyPlace, YamlNode value) {}
}
