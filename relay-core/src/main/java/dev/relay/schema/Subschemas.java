package dev.relay.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Which keywords hold schemas, in every draft from 4 to 2020-12; what stands under any other
 * keyword ({@code const}, {@code default}, {@code examples}) is data.
 */
final class Subschemas {
  private static final Set<String> NAMED =
      Set.of(
          "$defs",
          "definitions",
          "properties",
          "patternProperties",
          "dependentSchemas",
          "dependencies");

  private static final Set<String> SINGLE_OR_LISTED =
      Set.of(
          "additionalItems",
          "additionalProperties",
          "allOf",
          "anyOf",
          "contains",
          "contentSchema",
          "else",
          "if",
          "items",
          "not",
          "oneOf",
          "prefixItems",
          "propertyNames",
          "then",
          "unevaluatedItems",
          "unevaluatedProperties");

  /**
   * A schema and the step that leads to it from its keyword: empty, {@code /0} or {@code /name}.
   */
  record Child(String step, JsonNode schema) {}

  private Subschemas() {}

  /** Whether the step after this keyword is a name of the author's and not a keyword. */
  static boolean named(String keyword) {
    return NAMED.contains(keyword);
  }

  static List<Child> under(String keyword, JsonNode value) {
    List<Child> children = new ArrayList<>();
    if (named(keyword)) {
      for (var entry : value.properties()) {
        children.add(new Child(Pointers.child("", entry.getKey()), entry.getValue()));
      }
    } else if (SINGLE_OR_LISTED.contains(keyword)) {
      if (value.isArray()) {
        for (int i = 0; i < value.size(); i++) {
          children.add(new Child(Pointers.child("", i), value.get(i)));
        }
      } else {
        children.add(new Child("", value));
      }
    }
    return children;
  }
}
