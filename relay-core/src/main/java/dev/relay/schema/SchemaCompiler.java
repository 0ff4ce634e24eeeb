package dev.relay.schema;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.DialectRegistry;
import com.networknt.schema.path.PathType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * Turns JSON Schemas into checks. Draft 2020-12 is spoken where {@code $schema} doesn't name
 * another (2019-09, 7, 6 and 4 are known). {@code format} is asserted, an unknown format accepts
 * everything. References stay inside the schema: nothing is read from network, file or classpath
 * but the published meta-schemas, which the library carries.
 *
 * <p>Regular expressions are those of ECMA-262 and stop after a bounded number of steps, so that a
 * hostile pattern or text is refused and doesn't hold a thread. Thread-safe.
 */
public final class SchemaCompiler {
  /** Nesting of a schema itself: hand-written ones stay below 20, generated ones below 60. */
  private static final int MAX_DEPTH = 256;

  private final DialectRegistry drafts = Drafts.registry();
  private final Map<Dialect, Schema> metaSchemas = new ConcurrentHashMap<>();

  /**
   * Compiles a schema; takes milliseconds, so compile once and keep the result. The schema is
   * copied: later changes to the tree don't reach the result.
   *
   * @param schema an object or a boolean
   * @throws InvalidSchemaException where it can't be used: a keyword of a wrong type, an unreadable
   *     regular expression, a reference that leads nowhere or outside, an unknown {@code $schema}
   */
  public DocumentSchema compile(JsonNode schema) {
    JsonNode own = checkedShape(schema).deepCopy();
    Dialect dialect = dialect(own);
    refuseIfAny(againstMetaSchema(own, dialect));
    SchemaMap map = SchemaMap.of(own);
    refuseIfAny(References.problems(map));
    QuickAcceptance quick =
        dialect.getId().equals(Drafts.standard().getId())
            ? QuickAcceptance.of(own).orElse(null)
            : null;
    return new CompiledSchema(load(own, dialect), map, quick);
  }

  private static JsonNode checkedShape(JsonNode schema) {
    if (!schema.isObject() && !schema.isBoolean()) {
      throw invalid(
          "", "type", "is " + Quoted.valueAndType(schema) + ", must be object or boolean");
    }
    if (deeperThan(MAX_DEPTH, schema)) {
      throw invalid("", "depth", "is nested deeper than " + MAX_DEPTH + " levels");
    }
    return schema;
  }

  private static Dialect dialect(JsonNode schema) {
    JsonNode named = schema.path("$schema");
    if (!named.isString()) {
      return Drafts.standard();
    }
    String known = String.join(", ", Drafts.addresses());
    String message =
        "is " + Quoted.value(named) + ", must be left out (draft 2020-12) or one of " + known;
    return Drafts.named(named.stringValue())
        .orElseThrow(() -> invalid("/$schema", "$schema", message));
  }

  private List<Violation> againstMetaSchema(JsonNode schema, Dialect dialect) {
    Schema meta =
        metaSchemas.computeIfAbsent(
            dialect, d -> registry(d).getSchema(SchemaLocation.of(d.getId())));
    List<Error> errors = meta.validate(schema);
    return errors.isEmpty()
        ? List.of()
        : Explanation.of(errors, SchemaMap.of(meta.getSchemaNode()), schema);
  }

  /** Each schema has a registry of its own, so two versions with one {@code $id} stay apart. */
  private Schema load(JsonNode schema, Dialect dialect) {
    try {
      Schema loaded = registry(dialect).getSchema(schema);
      loaded.initializeValidators();
      return loaded;
    } catch (SchemaException | IllegalArgumentException unusable) {
      throw invalid("", "$schema", "is refused: " + unusable.getMessage());
    }
  }

  private SchemaRegistry registry(Dialect dialect) {
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder()
            .formatAssertionsEnabled(true)
            .pathType(PathType.JSON_POINTER)
            .locale(Locale.ROOT)
            .regularExpressionFactory(MeteredPattern::new)
            .build();
    return SchemaRegistry.builder()
        .defaultDialectId(dialect.getId())
        .dialectRegistry(drafts)
        .schemaLoader(loader -> loader.allow(iri -> References.isMetaSchema(iri.toString())))
        .schemaRegistryConfig(config)
        .build();
  }

  private static boolean deeperThan(int limit, JsonNode root) {
    Deque<JsonNode> level = new ArrayDeque<>(List.of(root));
    for (int depth = 0; depth <= limit && !level.isEmpty(); depth++) {
      List<JsonNode> below = new ArrayList<>();
      level.forEach(node -> node.forEach(child -> addContainer(child, below)));
      level = new ArrayDeque<>(below);
    }
    return !level.isEmpty();
  }

  private static void addContainer(JsonNode node, List<JsonNode> nodes) {
    if (node.isContainer()) {
      nodes.add(node);
    }
  }

  private static void refuseIfAny(List<Violation> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidSchemaException(problems);
    }
  }

  private static InvalidSchemaException invalid(String pointer, String keyword, String message) {
    return new InvalidSchemaException(List.of(new Violation(pointer, keyword, message)));
  }
}
