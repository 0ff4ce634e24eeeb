package dev.relay.cli.command.catalog;

import dev.relay.cli.output.JsonObject;
import org.jspecify.annotations.Nullable;

/** A schema document, inside which local references are followed. */
record SchemaScope(JsonObject root) {
  /** References that lead to references end somewhere; this many steps are enough for people. */
  private static final int STEPS = 8;

  /** The schema that this one points to, or itself. */
  JsonObject resolve(@Nullable Object schema) {
    JsonObject current = JsonObject.of(schema);
    for (int i = 0; i < STEPS && current.text("$ref").startsWith("#"); i++) {
      current = at(current.text("$ref").substring(1));
    }
    return current;
  }

  private JsonObject at(String pointer) {
    JsonObject place = root;
    for (String segment : pointer.split("/")) {
      if (!segment.isEmpty()) {
        place = place.object(segment.replace("~1", "/").replace("~0", "~"));
      }
    }
    return place;
  }
}
