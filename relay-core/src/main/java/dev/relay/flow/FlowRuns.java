package dev.relay.flow;

import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogEvent;
import dev.relay.definition.ActorDefinitionReader.Source;
import dev.relay.definition.FlowDefinition;
import dev.relay.definition.FlowDefinitionReader;
import dev.relay.definition.InvalidDefinitionException;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.ActorAddress;
import dev.relay.message.Json;
import dev.relay.schema.Nearest;
import dev.relay.store.FlowStore;
import dev.relay.store.InstanceStore;
import dev.relay.store.StoredState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Flows and their runs as people look at them. Thread-safe; blocks on the store. */
public final class FlowRuns {
  /** Most runs of one page. */
  public static final int MOST_LISTED = 500;

  private final FlowStore store;
  private final InstanceStore instances;
  private final Supplier<Catalog> catalogs;

  public FlowRuns(FlowStore store, InstanceStore instances, Supplier<Catalog> catalogs) {
    this.store = store;
    this.instances = instances;
    this.catalogs = catalogs;
  }

  /** The flows of the catalog: {@code {"name", "description", "expected", "runs": {status: n}}}. */
  public ArrayNode flows() {
    List<FlowStore.Definition> definitions = store.definitions();
    Map<String, ObjectNode> counts = new TreeMap<>();
    for (FlowStore.Count count : store.counts(actors(definitions))) {
      if (!count.status().equals(FlowStatus.EARLY.text())) {
        counts
            .computeIfAbsent(count.actor(), actor -> Json.mapper().createObjectNode())
            .put(count.status(), count.count());
      }
    }
    ArrayNode flows = Json.mapper().createArrayNode();
    for (FlowStore.Definition each : definitions) {
      JsonNode flow = Json.mapper().readTree(each.definition()).path("flow");
      ObjectNode runs = counts.get(FlowNames.actor(each.name()));
      flows
          .addObject()
          .put("name", each.name())
          .put("description", each.description())
          .put("expected", flow.path("expected").asBoolean(false))
          .set("runs", runs == null ? Json.mapper().createObjectNode() : runs);
    }
    return flows;
  }

  /**
   * Runs, the last touched first, each as in {@link #summary}.
   *
   * @param flow only this one's; absent for all flows
   * @param statuses only these; all that aren't over where there are none
   * @param before only those last touched before
   */
  public ArrayNode list(
      @Nullable String flow, Collection<FlowStatus> statuses, @Nullable Instant before, int limit) {
    List<String> actors =
        flow == null
            ? actors(store.definitions())
            : List.of(FlowNames.actor(definition(flow).name()));
    List<String> texts =
        statuses.isEmpty()
            ? Arrays.stream(FlowStatus.values())
                .filter(status -> !status.over() && status != FlowStatus.EARLY)
                .map(FlowStatus::text)
                .toList()
            : statuses.stream().map(FlowStatus::text).toList();
    ArrayNode runs = Json.mapper().createArrayNode();
    for (StoredState stored : store.runs(actors, texts, before, limit)) {
      runs.add(summary(stored));
    }
    return runs;
  }

  /** One run with its lines; see {@link FlowLines}. */
  public ObjectNode show(String flow, String key) {
    FlowDefinition definition = definition(flow);
    StoredState stored = stored(flow, key);
    ObjectNode run = summary(stored);
    FlowState state = FlowState.of(Json.mapper().readTree(stored.state()));
    run.set("steps", FlowLines.of(definition, state));
    run.set("input", state.input == null ? Json.mapper().nullNode() : state.input);
    run.set("results", state.results);
    if (state.reply != null) {
      run.set("reply", state.reply);
    }
    run.put("owed", state.owed.size());
    return run;
  }

  /** Whether there is such a run; see {@link #show}. */
  public void require(String flow, String key) {
    definition(flow);
    stored(flow, key);
  }

  /**
   * A flow's definition.
   *
   * @throws RelayException {@code UNKNOWN_FLOW}
   */
  public FlowDefinition definition(String flow) {
    List<FlowStore.Definition> all = store.definitions();
    for (FlowStore.Definition each : all) {
      if (each.name().equals(flow)) {
        try {
          Source source = new Source("flow " + flow, each.definition());
          return new FlowDefinitionReader().readAll(List.of(source)).flows().get(0);
        } catch (InvalidDefinitionException invalid) {
          throw RelayException.of(
                  ErrorCode.DEFINITION_INVALID,
                  "the catalog's definition of flow "
                      + flow
                      + " isn't readable here: "
                      + invalid.getMessage())
              .cause(invalid)
              .build();
        }
      }
    }
    List<String> names = all.stream().map(FlowStore.Definition::name).toList();
    throw RelayException.of(ErrorCode.UNKNOWN_FLOW, "the catalog has no flow \"" + flow + "\"")
        .remedy(
            Nearest.nearest(flow, names)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse("see the flows with: relay flow list"))
        .build();
  }

  /** Whether what was sent goes by a flow's definition; see {@link Conformance}. */
  public ObjectNode check(String flow, Instant since) {
    FlowDefinition definition = definition(flow);
    Conformance conformance = new Conformance(definition);
    ObjectNode report =
        conformance.check(
            store.sent(conformance.types(), since, Conformance.MOST_READ), since, Instant.now());
    for (JsonNode run : report.path("told")) {
      Set<String> owing = new TreeSet<>();
      run.path("expected").forEach(type -> owing.add(owedBy(definition, type.asString())));
      if (!owing.isEmpty()) {
        ((ObjectNode) run).put("owed_by", String.join(" or ", owing));
      }
    }
    return report;
  }

  /** Whose turn it is: an event's producer; for a command whoever sends it, which is the flow. */
  private String owedBy(FlowDefinition flow, String type) {
    CatalogEvent event = catalogs.get().event(type).orElse(null);
    if (event == null) {
      return "nobody: the catalog doesn't know " + type;
    }
    String producer = event.definition().producer();
    if (producer != null) {
      return producer;
    }
    return flow.expected()
        ? event.definition().consumers().stream()
            .map(consumer -> "whoever sends " + type + " to " + consumer.actor())
            .findFirst()
            .orElse("nobody handles " + type)
        : FlowNames.actor(flow.name());
  }

  private StoredState stored(String flow, String key) {
    ActorAddress address = new ActorAddress(FlowNames.actor(flow), key);
    return instances
        .find(address)
        .filter(found -> found.state() != null && isRun(found.state()))
        .orElseThrow(
            () ->
                RelayException.of(
                        ErrorCode.UNKNOWN_INSTANCE, "no run " + flow + "/" + key + " was started")
                    .remedy("see the runs with: relay flow list " + flow + " --all")
                    .build());
  }

  private static boolean isRun(String state) {
    String status = Json.mapper().readTree(state).path("status").asString("");
    return !status.equals(FlowStatus.EARLY.text());
  }

  /**
   * {@code {"id", "flow", "key", "run", "status", "at", "error", "ending", "started_at",
   * "updated_at", "ended_at", "deadline", "attempts", "correlation"}}.
   */
  private static ObjectNode summary(StoredState stored) {
    JsonNode state = Json.mapper().readTree(String.valueOf(stored.state()));
    String flow = FlowNames.flow(stored.address().actor());
    ObjectNode run = Json.mapper().createObjectNode();
    run.put("id", flow + "/" + stored.address().key());
    run.put("flow", flow).put("key", stored.address().key());
    for (String field :
        List.of(
            "run",
            "status",
            "at",
            "error",
            "ending",
            "wish",
            "started_at",
            "updated_at",
            "ended_at",
            "deadline",
            "correlation",
            "version")) {
      JsonNode value = state.get(field);
      run.set(field, value == null ? Json.mapper().nullNode() : value);
    }
    run.put("attempts", state.at("/pending/attempts").asInt(0));
    run.set(
        "next_at",
        state.at("/pending/next_at").isMissingNode()
            ? Json.mapper().nullNode()
            : state.at("/pending/next_at"));
    return run;
  }

  private static List<String> actors(List<FlowStore.Definition> definitions) {
    List<String> actors = new ArrayList<>();
    definitions.forEach(each -> actors.add(FlowNames.actor(each.name())));
    return actors;
  }
}
