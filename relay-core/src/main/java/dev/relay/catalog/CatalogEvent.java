package dev.relay.catalog;

import dev.relay.schema.DocumentSchema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event definition with its schemas compiled. Immutable, thread-safe.
 *
 * @param definition the catalog's row
 * @param payload the compiled payload schema
 * @param compiledResult the compiled result schema, where one is declared
 */
public record CatalogEvent(
    EventDefinition definition, DocumentSchema payload, @Nullable DocumentSchema compiledResult) {
  public String name() {
    return definition.name();
  }

  /** The compiled schema of the reply, where one is declared. */
  public Optional<DocumentSchema> result() {
    return Optional.ofNullable(compiledResult);
  }

  /** How this actor consumes the event; empty where the catalog doesn't name it as a consumer. */
  public Optional<Consumer> consumer(String actor) {
    for (Consumer consumer : definition.consumers()) {
      if (consumer.actor().equals(actor)) {
        return Optional.of(consumer);
      }
    }
    return Optional.empty();
  }
}
