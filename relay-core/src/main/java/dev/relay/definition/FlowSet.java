package dev.relay.definition;

import dev.relay.catalog.ActorEntry;
import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogDraft;
import dev.relay.catalog.Consumer;
import dev.relay.catalog.EventDraft;
import dev.relay.catalog.EventKind;
import dev.relay.catalog.FlowEntry;
import dev.relay.catalog.Pattern;
import dev.relay.definition.FlowReader.Located;
import dev.relay.message.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Flows that were read together. Immutable, thread-safe. */
public final class FlowSet {
  /** What the name of the actor that runs a flow begins with. */
  public static final String PREFIX = "flow-";

  private static final Duration NO_ASK = Duration.ofSeconds(5);

  private final List<Located> located;

  FlowSet(List<Located> located) {
    this.located = List.copyOf(located);
  }

  /** The flows, in the order in which they were read. */
  public List<FlowDefinition> flows() {
    return located.stream().map(Located::flow).toList();
  }

  /**
   * Checks what the flows say of actors and events: each command and query is handled by an actor
   * that is asked or told like that, each event is produced, with the key it needs.
   *
   * @param actors definitions read beside them
   * @param catalog what is known besides; empty where nothing is
   * @throws InvalidDefinitionException with every problem
   */
  public void check(DefinitionSet actors, Catalog catalog) {
    List<Problem> problems = new ArrayList<>();
    for (Located each : located) {
      problems.addAll(new FlowCheck(each, actors.definitions(), flows(), catalog).problems());
    }
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(problems);
    }
  }

  /** What the flows say of the catalog, beside what the actors say. */
  public CatalogDraft draft(CatalogDraft ofActors) {
    List<EventDraft> events = new ArrayList<>(ofActors.events());
    List<ActorEntry> actors = new ArrayList<>(ofActors.actors());
    List<FlowEntry> flows = new ArrayList<>(ofActors.flows());
    for (FlowDefinition flow : flows()) {
      flows.add(entry(flow));
      if (!flow.expected()) {
        actors.add(actor(flow));
        received(flow).values().forEach(events::add);
      }
    }
    return new CatalogDraft(events, actors, flows);
  }

  private static FlowEntry entry(FlowDefinition flow) {
    List<FlowEntry.Step> steps = new ArrayList<>();
    FlowDefinition.Start start = flow.start();
    if (start != null) {
      steps.add(new FlowEntry.Step(start.event(), "start"));
    }
    for (FlowStep step : flow.allSteps()) {
      String event =
          step instanceof FlowStep.Send send
              ? send.sending().event()
              : step instanceof FlowStep.Wait wait && !wait.events().isEmpty()
                  ? wait.events().get(0).event()
                  : null;
      if (event != null) {
        String about = step.description().isEmpty() ? step.name() : step.description();
        steps.add(new FlowEntry.Step(event, about));
      }
    }
    return new FlowEntry(flow.name(), flow.description(), flow.source(), steps);
  }

  /** The actor that runs a flow, with the flow in its definition. */
  private static ActorEntry actor(FlowDefinition flow) {
    String key = flow.keyField() == null ? "" : flow.keyField();
    ObjectNode definition = Json.mapper().createObjectNode();
    definition
        .putObject("actor")
        .put("name", PREFIX + flow.name())
        .put("version", flow.version())
        .put("key", key);
    definition.set("flow", flow.source().path("flow"));
    return new ActorEntry(
        PREFIX + flow.name(), flow.version(), "Runs the flow " + flow.name(), key, definition);
  }

  private static Map<String, EventDraft> received(FlowDefinition flow) {
    Map<String, EventDraft> received = new LinkedHashMap<>();
    String actor = PREFIX + flow.name();
    FlowDefinition.Start start = flow.start();
    if (start != null && start.command()) {
      Consumer consumer = new Consumer(actor, Pattern.TELL, start.timeout(), null);
      received.put(
          start.event(),
          new EventDraft(
              start.event(),
              EventKind.COMMAND,
              "Starts the flow " + flow.name(),
              null,
              EventDraft.FIRST_VERSION,
              start.payloadSchema(),
              start.resultSchema(),
              List.of(consumer)));
    } else if (start != null) {
      subscribe(received, actor, start.event(), start.keyField());
    }
    for (FlowStep step : flow.allSteps()) {
      if (step instanceof FlowStep.Wait wait) {
        wait.events().forEach(each -> subscribe(received, actor, each.event(), each.keyField()));
      }
    }
    flow.cancelOn().forEach(each -> subscribe(received, actor, each.event(), each.keyField()));
    return received;
  }

  private static void subscribe(
      Map<String, EventDraft> received, String actor, String event, @Nullable String keyField) {
    Consumer consumer = new Consumer(actor, Pattern.PUBLISH, NO_ASK, keyField);
    received.putIfAbsent(event, EventDraft.subscription(event, consumer));
  }
}
