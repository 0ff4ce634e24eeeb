package dev.relay.catalog;

import dev.relay.schema.DocumentSchema;
import dev.relay.schema.InvalidSchemaException;
import dev.relay.schema.SchemaCompiler;
import dev.relay.schema.Violation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compiles each schema once, however many snapshots and checks need it. Keyed by the schema's
 * content, so that it can't go stale. Thread-safe.
 */
final class CompiledSchemas {
  private final SchemaCompiler compiler = new SchemaCompiler();
  private final Map<JsonNode, Compiled> byContent = new ConcurrentHashMap<>();

  /**
   * A schema that was compiled, or what is wrong with it.
   *
   * @param schema absent where there are problems
   */
  record Compiled(@Nullable DocumentSchema schema, List<Violation> problems) {}

  Compiled compile(JsonNode schema) {
    Compiled known = byContent.get(schema);
    if (known == null) {
      known = compiled(schema);
      byContent.put(schema.deepCopy(), known);
    }
    return known;
  }

  /** Forgets every schema but these. */
  void retain(Set<JsonNode> used) {
    byContent.keySet().retainAll(used);
  }

  private Compiled compiled(JsonNode schema) {
    try {
      return new Compiled(compiler.compile(schema), List.of());
    } catch (InvalidSchemaException invalid) {
      return new Compiled(null, invalid.violations());
    } catch (RuntimeException | StackOverflowError unforeseen) {
      // a row of the catalog must never take the node down, whatever the validator makes of it
      return new Compiled(null, List.of(new Violation("", "schema", String.valueOf(unforeseen))));
    }
  }
}
