package dev.relay.catalog;

import tools.jackson.databind.JsonNode;

/**
 * An actor as the catalog knows it.
 *
 * @param name the actor's name
 * @param version the definition's version
 * @param description what it is, for people
 * @param keyField the payload field that names an instance
 * @param definition the whole definition as JSON, the form of {@code actor.yaml}
 */
public record ActorEntry(
    String name, String version, String description, String keyField, JsonNode definition) {

  /** Whether a query of this actor finds instances, and is asked of no single one. */
  public boolean finds(String query) {
    return definition.path("actor").path("queries").path(query).has("find");
  }
}
