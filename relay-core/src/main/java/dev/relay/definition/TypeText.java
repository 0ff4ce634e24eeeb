package dev.relay.definition;

import dev.relay.definition.YamlNode.Scalar;
import dev.relay.message.Json;
import dev.relay.schema.Nearest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A type in one word: {@code integer}, {@code array<CartItem>}, {@code map<money>}. */
final class TypeText {
  private static final Map<String, Supplier<ObjectNode>> SHORT =
      Map.ofEntries(
          Map.entry("string", () -> type("string")),
          Map.entry("integer", () -> type("integer")),
          Map.entry("number", () -> type("number")),
          // exact: a JSON number is a decimal; no currency of ISO 4217 has more than four places
          Map.entry("money", () -> type("number").put("multipleOf", new BigDecimal("0.0001"))),
          Map.entry("boolean", () -> type("boolean")),
          Map.entry("timestamp", () -> type("string").put("format", "date-time")),
          Map.entry("date", () -> type("string").put("format", "date")),
          Map.entry("uuid", () -> type("string").put("format", "uuid")),
          Map.entry("email", () -> type("string").put("format", "email")),
          Map.entry("object", () -> type("object")),
          Map.entry("any", () -> Json.mapper().createObjectNode()));

  /** What people of other languages write, and what it is called here. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("int", "integer"),
          Map.entry("long", "integer"),
          Map.entry("float", "number"),
          Map.entry("double", "number"),
          Map.entry("decimal", "money"),
          Map.entry("bool", "boolean"),
          Map.entry("str", "string"),
          Map.entry("text", "string"),
          Map.entry("datetime", "timestamp"),
          Map.entry("instant", "timestamp"),
          Map.entry("time", "timestamp"),
          Map.entry("list", "array<string>"),
          Map.entry("array", "array<string>"),
          Map.entry("map", "map<string>"),
          Map.entry("dict", "map<string>"),
          Map.entry("json", "any"));

  private final Problems problems;
  private final Collection<String> named;
  private final Set<String> used;

  TypeText(Problems problems, Collection<String> named, Set<String> used) {
    this.problems = problems;
    this.named = named;
    this.used = used;
  }

  /** Whether a field of this type may be left out: {@code note: string?} */
  static boolean isOptional(YamlNode node) {
    return node instanceof Scalar scalar && scalar.isText() && scalar.text().strip().endsWith("?");
  }

  /** The same type without the mark that makes its field optional. */
  static YamlNode withoutMark(YamlNode node) {
    if (!isOptional(node)) {
      return node;
    }
    Scalar scalar = (Scalar) node;
    String text = scalar.text().strip();
    String plain = text.substring(0, text.length() - 1);
    return new Scalar(scalar.place(), plain, plain, scalar.source());
  }

  ObjectNode schema(Scalar scalar) {
    if (scalar.isText()) {
      return schema(scalar, scalar.text(), 0);
    }
    problems.add(scalar.place(), "a type such as string or integer, not " + scalar.kind());
    return Json.mapper().createObjectNode();
  }

  private ObjectNode schema(Scalar scalar, String text, int offset) {
    String name = text.strip();
    int start = offset + text.indexOf(name);
    if (name.startsWith("array<") && name.endsWith(">")) {
      ObjectNode array = type("array");
      array.set("items", schema(scalar, name.substring(6, name.length() - 1), start + 6));
      return array;
    }
    if (name.startsWith("map<") && name.endsWith(">")) {
      ObjectNode map = type("object");
      map.set(
          "additionalProperties", schema(scalar, name.substring(4, name.length() - 1), start + 4));
      return map;
    }
    Supplier<ObjectNode> known = SHORT.get(name);
    if (known != null) {
      return known.get();
    }
    if (named.contains(name)) {
      used.add(name);
      return Json.mapper().createObjectNode().put("$ref", References.PREFIX + name);
    }
    unknown(scalar.at(start), name);
    return Json.mapper().createObjectNode();
  }

  private void unknown(Place place, String name) {
    if (name.endsWith("?")) {
      problems.add(place, "only a field can be optional, so \"" + name + "\" can't stand here");
    } else if (name.startsWith("enum")) {
      problems.add(place, "an enum is written as a list of its values: [open, closed]");
    } else {
      problems.add(place, message(name), suggestion(name));
    }
  }

  private static String message(String name) {
    return name.isEmpty() ? "a type is missing" : "no type \"" + name + "\"";
  }

  private @Nullable String suggestion(String name) {
    String elsewhere = ELSEWHERE.get(name.toLowerCase(Locale.ROOT).replaceAll("<.*", ""));
    List<String> all = new ArrayList<>(SHORT.keySet());
    all.addAll(named);
    return elsewhere != null ? elsewhere : Nearest.nearest(name, all).orElse(null);
  }

  private static ObjectNode type(String name) {
    return Json.mapper().createObjectNode().put("type", name);
  }
}
