package dev.relay.catalog;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.schema.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What has to be written so that a stored catalog says what a draft says, worked out without
 * touching the store. Immutable.
 *
 * @param events event rows to insert, or to overwrite where the name exists
 * @param deprecated names of events whose status becomes {@code deprecated}
 * @param consumers consumer rows to insert, or to overwrite where event and actor exist
 * @param withdrawn consumer rows to delete
 * @param actors actor rows to insert or to overwrite
 * @param forgotten declarations to delete
 * @param remembered declarations to insert, after the deletes
 * @param flows flow rows to insert or to overwrite, with all of their steps
 * @param changes what all this means, for people
 */
public record CatalogPlan(
    List<EventRow> events,
    List<String> deprecated,
    List<ConsumerRow> consumers,
    List<ConsumerRow> withdrawn,
    List<ActorEntry> actors,
    List<Declaration> forgotten,
    List<Declaration> remembered,
    List<FlowEntry> flows,
    CatalogChanges changes) {
  public CatalogPlan {
    events = List.copyOf(events);
    deprecated = List.copyOf(deprecated);
    consumers = List.copyOf(consumers);
    withdrawn = List.copyOf(withdrawn);
    actors = List.copyOf(actors);
    forgotten = List.copyOf(forgotten);
    remembered = List.copyOf(remembered);
    flows = List.copyOf(flows);
  }

  /** An event row as it shall be. */
  public record EventRow(
      String name,
      EventKind kind,
      String description,
      @Nullable String producer,
      String schemaVersion,
      JsonNode payloadSchema,
      @Nullable JsonNode resultSchema,
      String status) {}

  /** A consumer row as it shall be, or as it was when it is withdrawn. */
  public record ConsumerRow(String event, Consumer consumer) {}

  /**
   * Works out the plan.
   *
   * @throws RelayException {@code DEFINITION_INVALID}, {@code SCHEMA_INVALID} or {@code
   *     CATALOG_CONFLICT}, with every problem
   */
  public static CatalogPlan of(StoredCatalog stored, CatalogDraft draft, CatalogSnapshots schemas) {
    DraftCheck check = new DraftCheck(schemas.schemas());
    draft.events().forEach(event -> check.event("/events/" + event.name(), event));
    draft.actors().forEach(actor -> check.actor("/actors/" + actor.name(), actor));
    refuse(check.code(), "the definitions can't be stored", check.violations());

    CatalogPlanner planner = new CatalogPlanner(stored, new MergedDraft(draft));
    CatalogPlan plan = planner.plan();
    refuse(ErrorCode.CATALOG_CONFLICT, "the catalog says otherwise", planner.conflicts());
    return plan;
  }

  /**
   * Works out how one event is added by itself, on nobody's behalf.
   *
   * @throws RelayException {@code DEFINITION_INVALID} or {@code SCHEMA_INVALID}, or {@code
   *     CATALOG_CONFLICT} when it exists
   */
  public static CatalogPlan adding(
      StoredCatalog stored, EventDraft added, CatalogSnapshots schemas) {
    EventDraft draft = added.withSchema();
    DraftCheck check = new DraftCheck(schemas.schemas()).event("", draft);
    refuse(check.code(), "the event can't be stored", check.violations());
    if (stored.events().containsKey(draft.name())) {
      throw RelayException.of(
              ErrorCode.CATALOG_CONFLICT, draft.name() + " is in the catalog already")
          .remedy("relay catalog show " + draft.name())
          .build();
    }
    CatalogDraft alone = new CatalogDraft(List.of(draft), List.of());
    CatalogPlanner planner = new CatalogPlanner(stored, new MergedDraft(alone));
    CatalogPlan plan = planner.plan();
    refuse(ErrorCode.CATALOG_CONFLICT, "the catalog says otherwise", planner.conflicts());
    return new CatalogPlan(
        plan.events(),
        List.of(),
        plan.consumers(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        plan.changes());
  }

  /** Whether nothing has to be written. */
  public boolean isEmpty() {
    return events.isEmpty()
        && deprecated.isEmpty()
        && consumers.isEmpty()
        && withdrawn.isEmpty()
        && actors.isEmpty()
        && forgotten.isEmpty()
        && remembered.isEmpty()
        && flows.isEmpty();
  }

  private static void refuse(ErrorCode code, String what, List<Violation> violations) {
    if (!violations.isEmpty()) {
      throw Refusal.of(code, what, violations);
    }
  }
}
