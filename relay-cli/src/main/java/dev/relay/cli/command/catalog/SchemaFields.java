package dev.relay.cli.command.catalog;

import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import dev.relay.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A schema as lines that people read: field, type, whether it must be there, its bounds. */
final class SchemaFields {
  private static final int DEPTH = 5;

  private final SchemaScope scope;
  private final JsonObject schema;
  private final Table table = new Table();

  SchemaFields(JsonObject schema) {
    this.scope = new SchemaScope(schema);
    this.schema = schema;
  }

  Table table() {
    JsonObject resolved = scope.resolve(schema.fields());
    if (resolved.object("properties").fields().isEmpty()) {
      String bounds = bounds(resolved);
      table.row("  (" + (resolved.fields().isEmpty() ? "anything" : type(resolved)) + ")", bounds);
    }
    properties("  ", resolved, 0);
    return table;
  }

  private void properties(String prefix, JsonObject object, int depth) {
    List<String> required = object.texts("required");
    for (Map.Entry<String, @Nullable Object> entry :
        object.object("properties").fields().entrySet()) {
      JsonObject field = scope.resolve(entry.getValue());
      String need = required.contains(entry.getKey()) ? "required" : "optional";
      table.row(prefix + entry.getKey(), type(field), need, bounds(field));
      if (depth < DEPTH) {
        JsonObject items = scope.resolve(field.get("items"));
        properties(prefix + entry.getKey() + ".", field, depth + 1);
        properties(prefix + entry.getKey() + "[].", items, depth + 1);
      }
    }
  }

  private String type(JsonObject field) {
    List<String> types = field.texts("type");
    String type = types.isEmpty() ? field.text("type") : String.join(" or ", types);
    if (type.equals("array") && field.has("items")) {
      return "array of " + type(scope.resolve(field.get("items")));
    }
    if (!field.text("format").isEmpty()) {
      return field.text("format");
    }
    return type.isEmpty() ? untyped(field) : type;
  }

  private static String untyped(JsonObject field) {
    if (field.has("enum")) {
      return "one of";
    }
    return field.has("properties") ? "object" : "any";
  }

  private static String bounds(JsonObject field) {
    List<String> bounds = new ArrayList<>();
    bound(bounds, field, "minimum", ">= ");
    bound(bounds, field, "exclusiveMinimum", "> ");
    bound(bounds, field, "maximum", "<= ");
    bound(bounds, field, "exclusiveMaximum", "< ");
    bound(bounds, field, "multipleOf", "multiple of ");
    bound(bounds, field, "minLength", "length >= ");
    bound(bounds, field, "maxLength", "length <= ");
    bound(bounds, field, "minItems", "items >= ");
    bound(bounds, field, "maxItems", "items <= ");
    bound(bounds, field, "pattern", "matches ");
    if (field.get("enum") instanceof List<?> values) {
      bounds.add(String.join(" | ", values.stream().map(JsonText::line).toList()));
    }
    if (field.has("const")) {
      bounds.add("always " + JsonText.line(field.get("const")));
    }
    if (field.has("default")) {
      bounds.add("default " + JsonText.line(field.get("default")));
    }
    String description = field.text("description");
    String all = String.join(", ", bounds);
    return description.isEmpty() ? all : all.isEmpty() ? description : all + "  " + description;
  }

  private static void bound(List<String> bounds, JsonObject field, String keyword, String words) {
    if (field.has(keyword)) {
      bounds.add(words + field.text(keyword));
    }
  }
}
