package dev.relay.postgres;

import dev.relay.catalog.ActorEntry;
import dev.relay.catalog.CatalogPlan;
import dev.relay.catalog.CatalogPlan.ConsumerRow;
import dev.relay.catalog.CatalogPlan.EventRow;
import dev.relay.catalog.Consumer;
import dev.relay.catalog.Declaration;
import dev.relay.catalog.FlowEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Writes a plan: a statement a table, whatever the number of rows. */
final class CatalogWriter {
  private static final String EVENTS =
      """
      INSERT INTO event_definitions AS e (event_name, kind, description, producer_actor,
             schema_version, payload_schema, result_schema, status)
      SELECT name, kind, description, producer, version, payload::jsonb, result::jsonb, status
        FROM unnest(:names, :kinds, :descriptions, :producers, :versions, :payloads, :results,
                    :statuses)
          AS wanted(name, kind, description, producer, version, payload, result, status)
      ON CONFLICT (event_name) DO UPDATE
         SET kind = excluded.kind, description = excluded.description,
             producer_actor = excluded.producer_actor, schema_version = excluded.schema_version,
             payload_schema = excluded.payload_schema, result_schema = excluded.result_schema,
             status = excluded.status
      """;
  private static final String DEPRECATED =
      "UPDATE event_definitions SET status = 'deprecated' WHERE event_name = ANY (:names)";
  private static final String CONSUMERS =
      """
      INSERT INTO event_consumers (event_id, consumer_actor, pattern, timeout_ms, key_field)
      SELECT e.id, wanted.actor, wanted.pattern, wanted.timeout_ms, wanted.key_field
        FROM unnest(:events, :actors, :patterns, :timeouts, :keys)
          AS wanted(event, actor, pattern, timeout_ms, key_field)
        JOIN event_definitions e ON e.event_name = wanted.event
      ON CONFLICT (event_id, consumer_actor) DO UPDATE
         SET pattern = excluded.pattern, timeout_ms = excluded.timeout_ms,
             key_field = excluded.key_field
      """;
  private static final String WITHDRAWN =
      """
      DELETE FROM event_consumers c
       USING unnest(:events, :actors) AS gone(event, actor), event_definitions e
       WHERE e.event_name = gone.event AND c.event_id = e.id AND c.consumer_actor = gone.actor
      """;
  private static final String ACTORS =
      """
      INSERT INTO actor_definitions (actor_name, version, description, definition)
      SELECT name, version, description, definition::jsonb
        FROM unnest(:names, :versions, :descriptions, :definitions)
          AS wanted(name, version, description, definition)
      ON CONFLICT (actor_name) DO UPDATE
         SET version = excluded.version, description = excluded.description,
             definition = excluded.definition
      """;
  private static final String FORGOTTEN =
      """
      DELETE FROM relay.catalog_declarations d
       USING unnest(:actors, :events, :roles) AS gone(actor, event, role)
       WHERE d.actor_name = gone.actor AND d.event_name = gone.event AND d.role = gone.role
      """;
  private static final String REMEMBERED =
      """
      INSERT INTO relay.catalog_declarations
             (actor_name, event_name, role, pattern, timeout_ms, key_field)
      SELECT * FROM unnest(:actors, :events, :roles, :patterns, :timeouts, :keys)
      """;

  private static final String FLOWS =
      """
      INSERT INTO system_flows (flow_name, description, definition)
      SELECT name, description, definition::jsonb
        FROM unnest(:names, :descriptions, :definitions) AS wanted(name, description, definition)
      ON CONFLICT (flow_name) DO UPDATE
         SET description = excluded.description, definition = excluded.definition
      """;
  private static final String OLD_FLOW_STEPS =
      """
      DELETE FROM flow_steps s USING system_flows f
       WHERE f.id = s.flow_id AND f.flow_name = ANY (:names)
      """;
  private static final String FLOW_STEPS =
      """
      INSERT INTO flow_steps (flow_id, step_number, event_id, description)
      SELECT f.id, wanted.number, e.id, wanted.description
        FROM unnest(:flows, :numbers, :events, :descriptions)
          AS wanted(flow, number, event, description)
        JOIN system_flows f ON f.flow_name = wanted.flow
        JOIN event_definitions e ON e.event_name = wanted.event
      """;

  /** A step of a flow as a row. */
  private record StepRow(String flow, int number, String event, String description) {}

  private final Handle handle;

  CatalogWriter(Handle handle) {
    this.handle = handle;
  }

  /**
   * Declarations go first: an event that is inserted admits whoever is remembered as waiting for
   * it.
   */
  void write(CatalogPlan plan) {
    forget(plan.forgotten());
    withdraw(plan.withdrawn());
    events(plan.events());
    deprecate(plan.deprecated());
    consumers(plan.consumers());
    actors(plan.actors());
    remember(plan.remembered());
    flows(plan.flows());
  }

  private void flows(List<FlowEntry> rows) {
    if (rows.isEmpty()) {
      return;
    }
    try (Update update = handle.createUpdate(FLOWS)) {
      texts(update, "names", rows, FlowEntry::name);
      texts(update, "descriptions", rows, FlowEntry::description);
      texts(update, "definitions", rows, row -> row.definition().toString());
      update.execute();
    }
    try (Update update = handle.createUpdate(OLD_FLOW_STEPS)) {
      texts(update, "names", rows, FlowEntry::name);
      update.execute();
    }
    List<StepRow> steps = new ArrayList<>();
    for (FlowEntry flow : rows) {
      int number = 1;
      for (FlowEntry.Step step : flow.steps()) {
        steps.add(new StepRow(flow.name(), number++, step.event(), step.description()));
      }
    }
    try (Update update = handle.createUpdate(FLOW_STEPS)) {
      texts(update, "flows", steps, StepRow::flow);
      numbers(update, "numbers", steps, StepRow::number);
      texts(update, "events", steps, StepRow::event);
      texts(update, "descriptions", steps, StepRow::description);
      update.execute();
    }
  }

  private void events(List<EventRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    try (Update update = handle.createUpdate(EVENTS)) {
      texts(update, "names", rows, EventRow::name);
      texts(update, "kinds", rows, row -> row.kind().text());
      texts(update, "descriptions", rows, EventRow::description);
      texts(update, "producers", rows, EventRow::producer);
      texts(update, "versions", rows, EventRow::schemaVersion);
      texts(update, "payloads", rows, row -> row.payloadSchema().toString());
      texts(update, "results", rows, row -> text(row.resultSchema()));
      texts(update, "statuses", rows, EventRow::status);
      update.execute();
    }
  }

  private void deprecate(List<String> names) {
    if (names.isEmpty()) {
      return;
    }
    try (Update update = handle.createUpdate(DEPRECATED)) {
      texts(update, "names", names, name -> name);
      update.execute();
    }
  }

  private void consumers(List<ConsumerRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    try (Update update = handle.createUpdate(CONSUMERS)) {
      texts(update, "events", rows, ConsumerRow::event);
      texts(update, "actors", rows, row -> row.consumer().actor());
      texts(update, "patterns", rows, row -> row.consumer().pattern().text());
      texts(update, "keys", rows, row -> row.consumer().keyField());
      numbers(update, "timeouts", rows, row -> timeout(row.consumer()));
      update.execute();
    }
  }

  private void withdraw(List<ConsumerRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    try (Update update = handle.createUpdate(WITHDRAWN)) {
      texts(update, "events", rows, ConsumerRow::event);
      texts(update, "actors", rows, row -> row.consumer().actor());
      update.execute();
    }
  }

  private void actors(List<ActorEntry> rows) {
    if (rows.isEmpty()) {
      return;
    }
    try (Update update = handle.createUpdate(ACTORS)) {
      texts(update, "names", rows, ActorEntry::name);
      texts(update, "versions", rows, ActorEntry::version);
      texts(update, "descriptions", rows, ActorEntry::description);
      texts(update, "definitions", rows, row -> row.definition().toString());
      update.execute();
    }
  }

  private void forget(List<Declaration> rows) {
    if (rows.isEmpty()) {
      return;
    }
    try (Update update = handle.createUpdate(FORGOTTEN)) {
      subjects(update, rows);
      update.execute();
    }
  }

  private void remember(List<Declaration> rows) {
    if (rows.isEmpty()) {
      return;
    }
    try (Update update = handle.createUpdate(REMEMBERED)) {
      subjects(update, rows);
      texts(update, "patterns", rows, row -> consumed(row, consumer -> consumer.pattern().text()));
      texts(update, "keys", rows, row -> consumed(row, Consumer::keyField));
      numbers(update, "timeouts", rows, row -> consumed(row, CatalogWriter::timeout));
      update.execute();
    }
  }

  private static void subjects(Update update, List<Declaration> rows) {
    texts(update, "actors", rows, Declaration::actor);
    texts(update, "events", rows, Declaration::event);
    texts(update, "roles", rows, row -> row.declares() ? "declares" : "consumes");
  }

  private static <T> @Nullable T consumed(
      Declaration declaration, Function<Consumer, @Nullable T> value) {
    @Nullable Consumer consumer = declaration.consumes();
    return consumer == null ? null : value.apply(consumer);
  }

  private static int timeout(Consumer consumer) {
    return Math.toIntExact(consumer.timeout().toMillis());
  }

  private static @Nullable String text(@Nullable Object json) {
    return json == null ? null : json.toString();
  }

  private static <T> void texts(
      Update update, String name, List<T> rows, Function<T, @Nullable String> value) {
    update.bindArray(name, String.class, rows.stream().map(value).toArray());
  }

  private static <T> void numbers(
      Update update, String name, List<T> rows, Function<T, @Nullable Integer> value) {
    update.bindArray(name, Integer.class, rows.stream().map(value).toArray());
  }
}
