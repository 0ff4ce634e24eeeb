package dev.relay.cli.database;

import dev.relay.catalog.CatalogJson;
import dev.relay.catalog.EventDefinition;
import dev.relay.catalog.EventDraft;
import dev.relay.cli.config.Session;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import dev.relay.message.Json;
import dev.relay.postgres.Migrations;
import dev.relay.postgres.PostgresCatalogStore;
import java.util.ArrayList;
import java.util.List;

/**
 * The catalog as Postgres holds it. The database itself makes the JSON that a node would answer
 * with: the engine's own way through compiled schemas costs a short verb a third of a second.
 */
public final class DatabaseCatalog {
  private static final String EVENTS =
      """
      SELECT json_build_object(
               'event_name', event_name, 'kind', kind, 'description', description,
               'producer_actor', producer_actor, 'schema_version', schema_version,
               'payload_schema', payload_schema, 'result_schema', result_schema,
               'status', status,
               'consumers', coalesce((
                 SELECT json_agg(json_build_object(
                          'actor', consumer_actor, 'pattern', pattern,
                          'timeout_ms', timeout_ms, 'key_field', key_field)
                        ORDER BY consumer_actor)
                   FROM event_consumers WHERE event_id = event.id), '[]'),
               'created_at', to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
               'updated_at', to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
        FROM event_definitions AS event
       ORDER BY event_name COLLATE "C"
      """;

  private DatabaseCatalog() {}

  /** All events by name, in the form of a node's answers. */
  public static List<JsonObject> events(Session session) {
    try (Database database = Database.open(session)) {
      List<JsonObject> events = new ArrayList<>();
      for (String row : new Rows(database.dataSource()).texts(EVENTS)) {
        events.add(JsonText.object(row));
      }
      return events;
    }
  }

  /** Adds one event, given and returned in the form of {@code POST /api/catalog/events}. */
  public static JsonObject add(Session session, String draft) {
    EventDraft event = CatalogJson.draft(Json.mapper().readTree(draft));
    try (Database database = Database.open(session)) {
      new Migrations(database.dataSource()).verify();
      EventDefinition added = new PostgresCatalogStore(database.dataSource()).add(event);
      return JsonText.object(CatalogJson.event(added).toString());
    }
  }
}
