package dev.relay.definition;

import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogEvent;
import dev.relay.catalog.EventKind;
import dev.relay.catalog.Pattern;
import dev.relay.definition.FlowReader.Located;
import dev.relay.schema.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What one flow says of actors and events. */
final class FlowCheck {
  private final Located located;
  private final Map<String, Pattern> commands = new TreeMap<>();
  private final Map<String, JsonNode> events = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> checked = new HashSet<>();

  FlowCheck(
      Located located, List<ActorDefinition> actors, List<FlowDefinition> flows, Catalog catalog) {
    this.located = located;
    for (CatalogEvent event : catalog.events()) {
      if (event.definition().kind() == EventKind.EVENT) {
        events.put(event.name(), event.definition().payloadSchema());
      } else {
        event
            .definition()
            .consumers()
            .forEach(consumer -> commands.put(event.name(), consumer.pattern()));
      }
    }
    for (ActorDefinition actor : actors) {
      actor.produces().forEach((name, event) -> events.put(name, event.payloadSchema()));
      for (HandlerDefinition handler : actor.handlers().values()) {
        if (handler.kind() != EventKind.EVENT) {
          commands.put(handler.event(), handler.pattern());
        }
      }
    }
    for (FlowDefinition flow : flows) {
      FlowDefinition.Start start = flow.start();
      if (start != null && start.command()) {
        commands.put(start.event(), Pattern.TELL);
      }
    }
  }

  List<Problem> problems() {
    FlowDefinition flow = located.flow();
    FlowDefinition.Start start = flow.start();
    if (start != null && !start.command()) {
      event(start.event(), start.keyField());
    }
    for (FlowStep step : flow.allSteps()) {
      if (step instanceof FlowStep.Send send) {
        sending(send.sending());
        FlowStep.Undo undo = send.undo();
        if (undo != null) {
          sending(undo.sending());
        }
      } else if (step instanceof FlowStep.Wait wait) {
        wait.events().forEach(each -> event(each.event(), each.keyField()));
      }
    }
    flow.cancelOn().forEach(each -> event(each.event(), each.keyField()));
    return problems;
  }

  private void sending(FlowStep.Sending sending) {
    String event = sending.event();
    String kind = sending.tells() ? "tell" : "ask";
    if (event.isEmpty() || !checked.add(kind + event)) {
      return;
    }
    String part = "send/" + kind + "/" + event;
    Pattern pattern = commands.get(event);
    if (pattern == null) {
      String message =
          events.containsKey(event)
              ? event + " is an event, which its producer emits; a flow waits for it"
              : "no actor has a command or query " + event;
      problem(part, message, Nearest.nearest(event, commands.keySet()).orElse(null));
    } else if ((pattern == Pattern.TELL) != sending.tells()) {
      problem(part, event + " is received as " + pattern.text() + ", not as " + kind, null);
    }
  }

  private void event(String event, @Nullable String keyField) {
    if (!checked.add(event)) {
      return;
    }
    JsonNode payload = events.get(event);
    if (payload == null) {
      String message =
          commands.containsKey(event)
              ? event + " is a command or query; a flow waits for events"
              : "no actor produces " + event + " and the catalog doesn't know it";
      problem("event/" + event, message, Nearest.nearest(event, events.keySet()).orElse(null));
      return;
    }
    String field = Objects.requireNonNullElse(keyField, located.flow().keyField());
    if (field == null) {
      return;
    }
    KeyCheck.complaint(payload, field)
        .ifPresent(
            complaint -> {
              String hint = Nearest.nearest(field, KeyCheck.fields(payload)).orElse(null);
              problem("key/" + event, event + ": " + complaint, hint);
            });
  }

  private void problem(String part, String message, @Nullable String suggestion) {
    Place place = located.places().of(part);
    problems.add(
        new Problem(located.problems().file(), place.line(), place.column(), message, suggestion));
  }
}
