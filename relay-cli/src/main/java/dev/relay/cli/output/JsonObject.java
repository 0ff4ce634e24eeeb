package dev.relay.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object with readers that never fail: what isn't there, or isn't of that type, is empty.
 */
public record JsonObject(Map<String, @Nullable Object> fields) {
  private static final JsonObject EMPTY = new JsonObject(Map.of());

  /** The value as an object; an empty one where it is something else. */
  @SuppressWarnings("unchecked")
  public static JsonObject of(@Nullable Object value) {
    return value instanceof Map<?, ?> map
        ? new JsonObject((Map<String, @Nullable Object>) map)
        : EMPTY;
  }

  public boolean has(String name) {
    return fields.containsKey(name);
  }

  public @Nullable Object get(String name) {
    return fields.get(name);
  }

  /** The text, or the number or truth value as text; empty where there is none. */
  public String text(String name) {
    Object value = fields.get(name);
    boolean readable =
        value instanceof String || value instanceof Number || value instanceof Boolean;
    return readable ? String.valueOf(value) : "";
  }

  /** As {@link #text}, null where there is none. */
  public @Nullable String textOrNull(String name) {
    String text = text(name);
    return text.isEmpty() ? null : text;
  }

  public long number(String name) {
    return fields.get(name) instanceof Number number ? number.longValue() : 0;
  }

  public boolean is(String name) {
    return Boolean.TRUE.equals(fields.get(name));
  }

  public JsonObject object(String name) {
    return of(fields.get(name));
  }

  /** The objects of a list. */
  public List<JsonObject> objects(String name) {
    List<JsonObject> objects = new ArrayList<>();
    if (fields.get(name) instanceof List<?> items) {
      for (Object item : items) {
        objects.add(of(item));
      }
    }
    return objects;
  }

  /** The texts of a list. */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    if (fields.get(name) instanceof List<?> items) {
      for (Object item : items) {
        texts.add(String.valueOf(item));
      }
    }
    return texts;
  }
}
