package dev.relay.definition;

import dev.relay.definition.YamlNode.Entry;
import dev.relay.definition.YamlNode.Mapping;
import dev.relay.definition.YamlNode.Scalar;
import dev.relay.definition.YamlNode.Sequence;
import dev.relay.message.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The types of one definition, from the short form to JSON Schema, draft 2020-12. Named types
 * become {@code $defs} and may refer to each other and to themselves. Where a type is wrong, a
 * problem says so and a schema that accepts anything takes its place.
 */
final class Types {
  private static final Pattern NAME = Pattern.compile("[A-Z][A-Za-z0-9]{0,62}");

  private final Problems problems;
  private final TypeText text;
  private final Literals literals;
  private final Map<String, YamlNode> named = new LinkedHashMap<>();
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Map<String, JsonNode> schemas = new LinkedHashMap<>();
  private final Set<String> used = new TreeSet<>();

  Types(Problems problems) {
    this.problems = problems;
    this.text = new TypeText(problems, named.keySet(), used);
    this.literals = new Literals(problems, schemas, used);
  }

  /**
   * Takes the named types of a definition.
   *
   * @param section name → type, as the file has it
   * @param state the type of the state, known under the actor's own name in CamelCase too
   */
  void declare(Map<String, Entry> section, String actor, @Nullable YamlNode state) {
    section.forEach(
        (name, entry) -> {
          if (!NAME.matcher(name).matches()) {
            String message = "a type's name is CamelCase, not \"" + name + "\"";
            problems.add(entry.keyPlace(), message, camelCase(name));
            used.add(name);
          }
          named.put(name, entry.value());
          places.put(name, entry.keyPlace());
        });
    String own = camelCase(actor);
    if (state != null && !own.isEmpty() && !named.containsKey(own)) {
      named.put(own, state);
    }
    // a name first, then its schema: so that a type may contain itself
    named.forEach((name, node) -> schemas.put(name, schema(node)));
    schemas.keySet().stream().filter(name -> isItself(name)).forEach(this::refuseItself);
  }

  /** {@code A: A}, or a longer way round, describes nothing. */
  private boolean isItself(String name) {
    Set<String> seen = new TreeSet<>();
    String at = name;
    while (seen.add(at)) {
      String next = References.target(schemas.get(at));
      if (next == null || !schemas.containsKey(next)) {
        return false;
      }
      at = next;
    }
    return true;
  }

  private void refuseItself(String name) {
    YamlNode node = named.get(name);
    Place place = node == null ? Place.START : node.place();
    problems.add(place, "the type " + name + " is only another name for itself");
  }

  /** Checks what can only be known at the end: unused types, and literal schemas as a whole. */
  void finish() {
    literals.check();
    places.forEach(
        (name, place) -> {
          if (!used.contains(name)) {
            problems.add(place, "the type " + name + " is used nowhere; use it or take it out");
          }
        });
  }

  /** The type under a name of its own as it stands in other types, for example a reference. */
  JsonNode schema(YamlNode node) {
    if (node instanceof Mapping mapping) {
      return Literals.isLiteral(mapping) ? literals.nested(mapping) : object(mapping);
    }
    if (node instanceof Sequence list) {
      return oneOf(list);
    }
    return text.schema((Scalar) node);
  }

  /** A type as a schema that stands alone, with the named types it needs under {@code $defs}. */
  JsonNode document(YamlNode node) {
    boolean literal = node instanceof Mapping mapping && Literals.isLiteral(mapping);
    JsonNode schema = literal ? literals.whole((Mapping) node) : schema(node);
    return References.withDefinitions(schema, schemas);
  }

  /** The schema of a page of what is found, each of this type. */
  JsonNode page(YamlNode item) {
    return References.withDefinitions(FindReader.page(schema(item)), schemas);
  }

  private ObjectNode object(Mapping mapping) {
    ObjectNode properties = Json.mapper().createObjectNode();
    ArrayNode required = Json.mapper().createArrayNode();
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              boolean optional = key.endsWith("?") || TypeText.isOptional(entry.value());
              String field = key.endsWith("?") ? key.substring(0, key.length() - 1).strip() : key;
              if (field.isEmpty() || properties.has(field)) {
                problems.add(entry.keyPlace(), "a field needs a name of its own: \"" + key + "\"");
              }
              properties.set(field, schema(TypeText.withoutMark(entry.value())));
              if (!optional) {
                required.add(field);
              }
            });
    ObjectNode object = Json.mapper().createObjectNode().put("type", "object");
    object.set("properties", properties);
    if (!required.isEmpty()) {
      object.set("required", required);
    }
    return object.put("additionalProperties", false);
  }

  private ObjectNode oneOf(Sequence list) {
    ArrayNode values = Json.mapper().createArrayNode();
    boolean texts = true;
    for (YamlNode item : list.items()) {
      if (item instanceof Scalar scalar && scalar.value() != null) {
        values.add(scalar.json());
        texts &= scalar.isText();
      } else {
        problems.add(item.place(), "an enum lists texts, numbers or booleans, not " + item.kind());
      }
    }
    if (values.isEmpty()) {
      problems.add(list.place(), "an enum lists at least one value, for example [open, closed]");
      return Json.mapper().createObjectNode();
    }
    ObjectNode schema = Json.mapper().createObjectNode();
    if (texts) {
      schema.put("type", "string");
    }
    schema.set("enum", values);
    return schema;
  }

  private static String camelCase(String name) {
    StringBuilder camel = new StringBuilder();
    for (String word : name.split("[^A-Za-z0-9]+")) {
      if (!word.isEmpty()) {
        camel.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
      }
    }
    return camel.toString();
  }
}
