package dev.relay.cli.command.catalog;

import dev.relay.cli.output.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a payload that a schema would probably accept, to start writing from. It follows what
 * schemas usually say; a pattern or a condition is beyond it.
 */
public final class ExamplePayload {
  private static final int DEPTH = 6;

  private final SchemaScope scope;
  private final JsonObject schema;
  private final boolean requiredOnly;

  private ExamplePayload(JsonObject schema, boolean requiredOnly) {
    this.scope = new SchemaScope(schema);
    this.schema = schema;
    this.requiredOnly = requiredOnly;
  }

  /** With every field the schema speaks of. */
  public static ExamplePayload full(JsonObject schema) {
    return new ExamplePayload(schema, false);
  }

  /** With the fields that must be there. */
  public static ExamplePayload required(JsonObject schema) {
    return new ExamplePayload(schema, true);
  }

  /** The payload, as maps, lists and plain values. */
  public @Nullable Object value() {
    return value("value", schema.fields(), 0);
  }

  private @Nullable Object value(String name, @Nullable Object written, int depth) {
    JsonObject resolved = scope.resolve(written);
    for (String given : List.of("const", "default")) {
      if (resolved.has(given)) {
        return resolved.get(given);
      }
    }
    for (String listed : List.of("examples", "enum")) {
      if (resolved.get(listed) instanceof List<?> items && !items.isEmpty()) {
        return items.get(0);
      }
    }
    for (String choice : List.of("oneOf", "anyOf", "allOf")) {
      if (!resolved.has("type") && !resolved.objects(choice).isEmpty()) {
        return value(name, resolved.objects(choice).get(0).fields(), depth);
      }
    }
    return typed(name, resolved, depth);
  }

  private @Nullable Object typed(String name, JsonObject resolved, int depth) {
    List<String> types = resolved.texts("type");
    String type = types.isEmpty() ? resolved.text("type") : types.get(0);
    boolean object = type.equals("object") || (type.isEmpty() && resolved.has("properties"));
    if (depth > DEPTH) {
      return null;
    }
    if (object) {
      return object(resolved, depth);
    }
    return switch (type) {
      case "array" -> array(name, resolved, depth);
      case "integer" -> number(resolved, BigInteger.ONE);
      case "number" -> number(resolved, new BigDecimal("9.99"));
      case "boolean" -> Boolean.TRUE;
      case "null" -> null;
      case "" -> Map.of();
      default -> text(name, resolved);
    };
  }

  private Map<String, @Nullable Object> object(JsonObject resolved, int depth) {
    Map<String, @Nullable Object> example = new LinkedHashMap<>();
    JsonObject properties = resolved.object("properties");
    List<String> required = resolved.texts("required");
    for (Map.Entry<String, @Nullable Object> property : properties.fields().entrySet()) {
      if (requiredOnly && !required.contains(property.getKey())) {
        continue;
      }
      example.put(property.getKey(), value(property.getKey(), property.getValue(), depth + 1));
    }
    return example;
  }

  private List<@Nullable Object> array(String name, JsonObject resolved, int depth) {
    List<@Nullable Object> items = new ArrayList<>();
    long count = Math.min(Math.max(1, resolved.number("minItems")), 5);
    for (long i = 0; i < count; i++) {
      items.add(value(name, resolved.get("items"), depth + 1));
    }
    return items;
  }

  private static Object number(JsonObject resolved, Number usual) {
    if (resolved.get("minimum") instanceof Number minimum
        && minimum.doubleValue() > usual.doubleValue()) {
      return minimum;
    }
    if (resolved.get("maximum") instanceof Number maximum
        && maximum.doubleValue() < usual.doubleValue()) {
      return maximum;
    }
    return usual;
  }

  private static String text(String name, JsonObject resolved) {
    String example =
        switch (resolved.text("format")) {
          case "date-time" -> "2026-01-31T12:00:00Z";
          case "date" -> "2026-01-31";
          case "time" -> "12:00:00Z";
          case "duration" -> "PT1H";
          case "uuid" -> "0190a3b4-5c6d-7e8f-9a0b-1c2d3e4f5a6b";
          case "email" -> "ada@example.org";
          case "uri", "iri" -> "https://example.org/";
          case "ipv4" -> "192.0.2.1";
          case "hostname" -> "example.org";
          // userId: user-1
          default -> name.endsWith("Id") ? name.substring(0, name.length() - 2) + "-1" : name;
        };
    long shortest = resolved.number("minLength");
    long longest = resolved.has("maxLength") ? resolved.number("maxLength") : Long.MAX_VALUE;
    if (example.length() < shortest && shortest <= 1000) {
      example = example + "x".repeat((int) shortest - example.length());
    }
    return example.length() > longest ? example.substring(0, (int) longest) : example;
  }
}
