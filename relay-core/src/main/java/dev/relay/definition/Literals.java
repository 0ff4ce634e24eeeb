package dev.relay.definition;

import dev.relay.definition.YamlNode.Mapping;
import dev.relay.definition.YamlNode.Scalar;
import dev.relay.definition.YamlNode.Sequence;
import dev.relay.message.Json;
import dev.relay.schema.InvalidSchemaException;
import dev.relay.schema.SchemaCompiler;
import dev.relay.schema.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Schemas written as they are, in the place of a type. A mapping is one when a key starts with
 * {@code $}, or when its only key is {@code schema} with a mapping or a boolean behind it; every
 * other mapping is an object with these fields, so that a field may be called {@code type}.
 *
 * <p>A literal is a document of its own: {@code #} is its own root. It may refer to the
 * definition's named types as {@code #/$defs/Name}, unless it has that name among its own.
 */
final class Literals {
  private static final SchemaCompiler COMPILER = new SchemaCompiler();

  private final Problems problems;
  private final Map<String, JsonNode> types;
  private final Set<String> used;
  private final List<Written> written = new ArrayList<>();
  private int documents;

  /** A literal to be checked when all named types are known. */
  private record Written(YamlNode node, JsonNode schema) {}

  Literals(Problems problems, Map<String, JsonNode> types, Set<String> used) {
    this.problems = problems;
    this.types = types;
    this.used = used;
  }

  static boolean isLiteral(Mapping mapping) {
    return wrapped(mapping) != null
        || mapping.entries().keySet().stream().anyMatch(k -> k.startsWith("$"));
  }

  /** What stands behind {@code schema:} where that is the only key. */
  private static @Nullable YamlNode wrapped(Mapping mapping) {
    YamlNode inner = mapping.entries().size() == 1 ? mapping.get("schema") : null;
    boolean allOrNothing = inner instanceof Scalar scalar && scalar.value() instanceof Boolean;
    return inner instanceof Mapping || allOrNothing ? inner : null;
  }

  /** A literal that is the whole of a schema. */
  JsonNode whole(Mapping mapping) {
    YamlNode behindKey = wrapped(mapping);
    YamlNode inner = behindKey == null ? mapping : behindKey;
    JsonNode schema = inner.json();
    for (String reference : References.in(schema)) {
      named(reference);
    }
    written.add(new Written(inner, schema));
    return schema;
  }

  /**
   * A literal within another type. Where it refers to places of its own it gets an {@code $id}, and
   * the named types it needs, so that {@code #} still leads to its own root.
   */
  JsonNode nested(Mapping mapping) {
    JsonNode schema = whole(mapping);
    boolean refersToItself =
        References.in(schema).stream().anyMatch(r -> r.startsWith("#") && !named(r))
            || schema.has("$defs");
    if (!refersToItself || schema.has("$id") || !(schema instanceof ObjectNode object)) {
      return schema;
    }
    String id = "urn:relay:literal:" + ++documents;
    ObjectNode own = Json.mapper().createObjectNode().put("$id", id);
    own.setAll(object);
    return own;
  }

  private boolean named(String reference) {
    String name = reference.startsWith(References.PREFIX) ? reference.substring(8) : "";
    boolean known = types.containsKey(name);
    if (known) {
      used.add(name);
    }
    return known;
  }

  /** Reports every literal that isn't a usable JSON Schema, at the place of the mistake. */
  void check() {
    for (Written literal : written) {
      try {
        COMPILER.compile(References.withDefinitions(literal.schema(), types));
      } catch (InvalidSchemaException invalid) {
        for (Violation violation : invalid.violations()) {
          String pointer = violation.pointer().isEmpty() ? "" : violation.pointer() + " ";
          String message = "not a usable JSON Schema: " + pointer + violation.message();
          problems.add(at(literal.node(), violation.pointer()), message);
        }
      }
    }
  }

  /** The place a JSON Pointer leads to, or that of the nearest parent that is written here. */
  private static Place at(YamlNode node, String pointer) {
    YamlNode here = node;
    for (String step : pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/")) {
      String key = step.replace("~1", "/").replace("~0", "~");
      YamlNode next = null;
      if (here instanceof Mapping mapping) {
        next = mapping.get(key);
      } else if (here instanceof Sequence list && key.matches("[0-9]{1,6}")) {
        int index = Integer.parseInt(key);
        next = index < list.items().size() ? list.items().get(index) : null;
      }
      if (next == null) {
        return here.place();
      }
      here = next;
    }
    return here.place();
  }
}
