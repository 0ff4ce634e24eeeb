package dev.relay.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Says yes to most valid documents at a tenth of the library's cost, and is never asked for
 * anything else: where it isn't sure, the library decides, and it alone says what is wrong. Built
 * only for schemas made of the keywords below, which is what short types compile to; any other
 * keyword and there is no quick way. Immutable, thread-safe.
 */
final class QuickAcceptance {
  /** Keywords that only annotate in draft 2020-12. */
  private static final Set<String> ANNOTATIONS =
      Set.of(
          "$schema",
          "$defs",
          "$comment",
          "title",
          "description",
          "default",
          "examples",
          "deprecated",
          "readOnly",
          "writeOnly");

  /** Schemas applied inside one another before the library is asked: ends loops of references. */
  private static final int MAX_DEPTH = 200;

  private final QuickSchema root;

  private QuickAcceptance(QuickSchema root) {
    this.root = root;
  }

  /** The quick way for this schema; empty where it uses a keyword that only the library knows. */
  static Optional<QuickAcceptance> of(JsonNode schema) {
    try {
      return Optional.of(new QuickAcceptance(new Building(schema).schema(schema)));
    } catch (UnknownKeyword unknown) {
      return Optional.empty();
    }
  }

  /** True only where the document is valid; false where it isn't, or it takes more to say. */
  boolean accepts(JsonNode document) {
    return root.accepts(document, MAX_DEPTH);
  }

  private static final class UnknownKeyword extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** Translates a schema, each referenced definition once, so recursive ones end. */
  private static final class Building {
    private final JsonNode document;
    private final Map<String, QuickSchema> referenced = new HashMap<>();

    Building(JsonNode document) {
      this.document = document;
    }

    QuickSchema schema(JsonNode schema) throws UnknownKeyword {
      if (schema.isBoolean() && schema.booleanValue()) {
        return new QuickSchema();
      }
      if (!schema.isObject()) {
        throw new UnknownKeyword();
      }
      QuickSchema built = new QuickSchema();
      for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
        if (!ANNOTATIONS.contains(keyword.getKey())) {
          apply(keyword.getKey(), keyword.getValue(), built);
        }
      }
      return built;
    }

    private void apply(String keyword, JsonNode value, QuickSchema to) throws UnknownKeyword {
      switch (keyword) {
        case "$ref" -> to.add(reference(value.stringValue("")));
        case "properties" -> to.properties(schemas(value));
        case "additionalProperties" -> to.additional(orNothing(value));
        case "items" -> to.items(schema(value));
        case "anyOf" -> to.add(choice(value));
        case "oneOf" -> {
          if (!QuickChoice.areDistinct(value, this::resolved)) {
            throw new UnknownKeyword();
          }
          to.add(choice(value));
        }
        default -> {
          QuickCheck check = QuickCheck.of(keyword, value);
          if (check == null) {
            throw new UnknownKeyword();
          }
          to.add(check);
        }
      }
    }

    private QuickChoice choice(JsonNode schemas) throws UnknownKeyword {
      List<QuickSchema> choices = new ArrayList<>();
      for (JsonNode each : schemas) {
        choices.add(schema(each));
      }
      return new QuickChoice(choices);
    }

    /** What a schema that is nothing but a reference refers to. */
    private JsonNode resolved(JsonNode schema) {
      String pointer = schema.path("$ref").asString("");
      return schema.size() == 1 && pointer.startsWith("#/") && !pointer.contains("%")
          ? document.at(pointer.substring(1))
          : schema;
    }

    private QuickCheck reference(String pointer) throws UnknownKeyword {
      if (!pointer.equals("#") && !pointer.startsWith("#/")) {
        throw new UnknownKeyword();
      }
      QuickSchema known = referenced.get(pointer);
      if (known == null) {
        known = new QuickSchema();
        referenced.put(pointer, known);
        JsonNode target = pointer.contains("%") ? null : document.at(pointer.substring(1));
        if (target == null || target.isMissingNode()) {
          throw new UnknownKeyword();
        }
        known.add(schema(target));
      }
      return known;
    }

    private Map<String, QuickSchema> schemas(JsonNode value) throws UnknownKeyword {
      Map<String, QuickSchema> schemas = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> property : value.properties()) {
        schemas.put(property.getKey(), schema(property.getValue()));
      }
      return schemas;
    }

    private @Nullable QuickSchema orNothing(JsonNode value) throws UnknownKeyword {
      return value.isBoolean() && !value.booleanValue() ? null : schema(value);
    }
  }
}
