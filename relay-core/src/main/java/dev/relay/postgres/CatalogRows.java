package dev.relay.postgres;

import dev.relay.catalog.ActorEntry;
import dev.relay.catalog.Consumer;
import dev.relay.catalog.Declaration;
import dev.relay.catalog.EventDefinition;
import dev.relay.catalog.EventKind;
import dev.relay.catalog.FlowEntry;
import dev.relay.catalog.Pattern;
import dev.relay.message.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads the catalog's rows over one connection. */
final class CatalogRows {
  private static final String EVENTS =
      """
      SELECT id, event_name, kind, description, producer_actor, schema_version,
             payload_schema::text, result_schema::text, status, created_at, updated_at
        FROM event_definitions
      """;
  private static final String CONSUMERS =
      """
      SELECT event_id, consumer_actor, pattern, timeout_ms, key_field
        FROM event_consumers
       ORDER BY consumer_actor
      """;
  private static final String ACTORS =
      "SELECT actor_name, version, description, definition::text FROM actor_definitions";
  private static final String DECLARATIONS =
      """
      SELECT actor_name, event_name, role, pattern, timeout_ms, key_field
        FROM relay.catalog_declarations
      """;
  private static final String FLOWS =
      "SELECT flow_name, description, definition::text FROM system_flows ORDER BY flow_name";
  private static final String FLOW_STEPS =
      """
      SELECT f.flow_name, e.event_name, s.description
        FROM flow_steps s
        JOIN system_flows f ON f.id = s.flow_id
        JOIN event_definitions e ON e.id = s.event_id
       ORDER BY f.flow_name, s.step_number
      """;
  private static final String NEXT_VERSIONS =
      "SELECT event_name, relay.next_schema_version(id, schema_version) FROM event_definitions";

  private CatalogRows() {}

  static List<EventDefinition> events(Handle handle) {
    Map<UUID, List<Consumer>> consumers = new HashMap<>();
    handle
        .createQuery(CONSUMERS)
        .map((rows, context) -> Map.entry(rows.getObject(1, UUID.class), consumer(rows)))
        .forEach(
            row ->
                consumers
                    .computeIfAbsent(row.getKey(), event -> new ArrayList<>())
                    .add(row.getValue()));
    return handle
        .createQuery(EVENTS)
        .map(
            (rows, context) ->
                event(rows, consumers.getOrDefault(rows.getObject("id", UUID.class), List.of())))
        .list();
  }

  static List<ActorEntry> actors(Handle handle) {
    return handle.createQuery(ACTORS).map((rows, context) -> actor(rows)).list();
  }

  static Set<Declaration> declarations(Handle handle) {
    return new HashSet<>(
        handle.createQuery(DECLARATIONS).map((rows, context) -> declaration(rows)).list());
  }

  static Map<String, FlowEntry> flows(Handle handle) {
    Map<String, List<FlowEntry.Step>> steps = new HashMap<>();
    handle
        .createQuery(FLOW_STEPS)
        .map(
            (rows, context) ->
                Map.entry(
                    rows.getString(1), new FlowEntry.Step(rows.getString(2), rows.getString(3))))
        .forEach(
            row ->
                steps.computeIfAbsent(row.getKey(), flow -> new ArrayList<>()).add(row.getValue()));
    Map<String, FlowEntry> flows = new HashMap<>();
    handle
        .createQuery(FLOWS)
        .map(
            (rows, context) ->
                new FlowEntry(
                    rows.getString(1),
                    rows.getString(2),
                    Json.mapper().readTree(rows.getString(3)),
                    steps.getOrDefault(rows.getString(1), List.of())))
        .forEach(flow -> flows.put(flow.name(), flow));
    return flows;
  }

  static Map<String, String> nextVersions(Handle handle) {
    Map<String, String> versions = new HashMap<>();
    handle
        .createQuery(NEXT_VERSIONS)
        .map((rows, context) -> Map.entry(rows.getString(1), rows.getString(2)))
        .forEach(row -> versions.put(row.getKey(), row.getValue()));
    return versions;
  }

  private static EventDefinition event(ResultSet rows, List<Consumer> consumers)
      throws SQLException {
    @Nullable String result = rows.getString("result_schema");
    return new EventDefinition(
        rows.getObject("id", UUID.class),
        rows.getString("event_name"),
        EventKind.valueOf(rows.getString("kind").toUpperCase(Locale.ROOT)),
        rows.getString("description"),
        rows.getString("producer_actor"),
        rows.getString("schema_version"),
        schema(rows.getString("payload_schema")),
        result == null ? null : schema(result),
        rows.getString("status"),
        consumers,
        instant(rows.getTimestamp("created_at")),
        instant(rows.getTimestamp("updated_at")));
  }

  private static Consumer consumer(ResultSet rows) throws SQLException {
    return new Consumer(
        rows.getString("consumer_actor"),
        Pattern.valueOf(rows.getString("pattern").toUpperCase(Locale.ROOT)),
        Duration.ofMillis(rows.getInt("timeout_ms")),
        rows.getString("key_field"));
  }

  private static ActorEntry actor(ResultSet rows) throws SQLException {
    JsonNode definition = definition(rows.getString("definition"));
    return new ActorEntry(
        rows.getString("actor_name"),
        rows.getString("version"),
        rows.getString("description"),
        definition.at("/actor/key").asString(""),
        definition);
  }

  private static Declaration declaration(ResultSet rows) throws SQLException {
    String actor = rows.getString("actor_name");
    if (rows.getString("role").equals("declares")) {
      return new Declaration(actor, rows.getString("event_name"), null);
    }
    Consumer consumer =
        new Consumer(
            actor,
            Pattern.valueOf(rows.getString("pattern").toUpperCase(Locale.ROOT)),
            Duration.ofMillis(rows.getInt("timeout_ms")),
            rows.getString("key_field"));
    return new Declaration(actor, rows.getString("event_name"), consumer);
  }

  /**
   * Postgres stores JSON that is deeper, and numbers that are longer, than Relay reads. What comes
   * of it is text, which is no schema, so that the event refuses every message and says why.
   */
  private static JsonNode schema(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (JacksonException beyondBounds) {
      return Json.mapper().stringNode("beyond bounds: " + beyondBounds.getOriginalMessage());
    }
  }

  private static JsonNode definition(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (JacksonException beyondBounds) {
      return Json.mapper().createObjectNode(); // the next apply writes it anew
    }
  }

  private static Instant instant(Timestamp timestamp) {
    return timestamp.toInstant();
  }
}
