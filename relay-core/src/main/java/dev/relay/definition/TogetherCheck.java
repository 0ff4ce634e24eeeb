package dev.relay.definition;

import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogEvent;
import dev.relay.catalog.EventKind;
import dev.relay.catalog.Pattern;
import dev.relay.definition.ActorReader.Located;
import dev.relay.schema.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What several definitions say of each other, and of a catalog that is there already. */
final class TogetherCheck {
  private final List<Located> all;
  private final Catalog catalog;
  private final Map<String, ActorDefinition> actors = new TreeMap<>();
  private final Map<String, JsonNode> produced = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();

  TogetherCheck(List<Located> all, Catalog catalog) {
    this.all = all;
    this.catalog = catalog;
    for (CatalogEvent event : catalog.events()) {
      if (event.definition().kind() == EventKind.EVENT) {
        produced.put(event.name(), event.definition().payloadSchema());
      }
    }
    for (Located actor : all) {
      actors.put(actor.definition().name(), actor.definition());
      actor
          .definition()
          .produces()
          .forEach((name, event) -> produced.put(name, event.payloadSchema()));
    }
  }

  /** Names that two definitions claim: an actor, a command or query, a produced event. */
  static List<Problem> amongThemselves(List<Located> all) {
    List<Problem> problems = new ArrayList<>();
    Map<String, Claim> names = new HashMap<>();
    Map<String, Claim> events = new HashMap<>();
    for (Located actor : all) {
      String name = actor.definition().name();
      claim(names, name, new Claim(actor, "name", "defines the actor " + name), problems);
      for (HandlerDefinition handler : actor.definition().handlers().values()) {
        if (handler.kind() != EventKind.EVENT) {
          String says = "handles " + handler.event();
          Claim claim = new Claim(actor, "handles/" + handler.event(), says);
          claim(events, handler.event(), claim, problems);
        }
      }
      for (String event : actor.definition().produces().keySet()) {
        Claim claim = new Claim(actor, "events/" + event, "produces " + event);
        claim(events, event, claim, problems);
      }
    }
    return problems;
  }

  private record Claim(Located actor, String part, String says) {
    String file() {
      return actor.problems().file();
    }

    Place place() {
      return actor.places().of(part);
    }
  }

  private static void claim(
      Map<String, Claim> claims, String name, Claim claim, List<Problem> problems) {
    Claim first = claims.putIfAbsent(name, claim);
    if (first == null || name.isEmpty() || first.actor() == claim.actor()) {
      return;
    }
    String other = first.file() + ":" + first.place().line() + " " + first.says() + " already";
    String message = claim.says() + ", but " + other + "; only one can";
    Place place = claim.place();
    problems.add(new Problem(claim.file(), place.line(), place.column(), message, null));
  }

  List<Problem> problems() {
    for (Located actor : all) {
      for (HandlerDefinition handler : actor.definition().handlers().values()) {
        if (handler.kind() == EventKind.EVENT) {
          subscription(actor, handler);
        }
      }
      for (Dependency dependency : actor.definition().dependencies().values()) {
        dependency(actor, dependency);
      }
    }
    return problems;
  }

  private void subscription(Located actor, HandlerDefinition handler) {
    String event = handler.event();
    JsonNode payload = produced.get(event);
    if (payload != null) {
      String own = handler.keyField();
      String field = own == null ? actor.definition().keyField() : own;
      KeyCheck.complaint(payload, field)
          .ifPresent(
              complaint -> {
                String hint = Nearest.nearest(field, KeyCheck.fields(payload)).orElse(null);
                String message = "subscribes " + event + ": " + complaint;
                problem(actor, "key/" + event, message, hint);
              });
      return;
    }
    Optional<String> receiver = receiver(event);
    String message =
        receiver.isPresent()
            ? "subscribes " + event + ", which is a command or query of " + receiver.get()
            : "subscribes " + event + ", which no actor produces and the catalog doesn't know";
    problem(actor, "handles/" + event, message, nearest(event, produced.keySet()));
  }

  private Optional<String> receiver(String event) {
    for (ActorDefinition actor : actors.values()) {
      HandlerDefinition handler = actor.handlers().get(event);
      if (handler != null && handler.kind() != EventKind.EVENT) {
        return Optional.of(actor.name());
      }
    }
    return catalog.event(event).map(known -> "the catalog");
  }

  private void dependency(Located actor, Dependency dependency) {
    String part = "dependencies/" + dependency.actor();
    ActorDefinition other = actors.get(dependency.actor());
    if (other == null && catalog.actor(dependency.actor()).isEmpty()) {
      Set<String> known = new TreeSet<>(actors.keySet());
      catalog.actors().forEach(entry -> known.add(entry.name()));
      String message = "dependencies: no actor \"" + dependency.actor() + "\"";
      problem(actor, part, message, nearest(dependency.actor(), known));
      return;
    }
    Map<String, Pattern> handled = other == null ? inCatalog(dependency.actor()) : asked(other);
    for (String event : new TreeSet<>(dependency.events())) {
      Pattern pattern = handled.get(event);
      if (pattern == null) {
        String message = dependency.actor() + " has no command or query " + event;
        problem(actor, part + "/" + event, message, nearest(event, handled.keySet()));
      } else if (pattern != dependency.pattern()) {
        String message =
            dependency.actor()
                + " receives "
                + event
                + " as "
                + pattern.text()
                + ", not as "
                + dependency.pattern().text();
        problem(actor, part + "/" + event, message, null);
      }
    }
  }

  private static Map<String, Pattern> asked(ActorDefinition actor) {
    Map<String, Pattern> asked = new TreeMap<>();
    for (HandlerDefinition handler : actor.handlers().values()) {
      if (handler.kind() != EventKind.EVENT) {
        asked.put(handler.event(), handler.pattern());
      }
    }
    return asked;
  }

  private Map<String, Pattern> inCatalog(String actor) {
    Map<String, Pattern> asked = new TreeMap<>();
    for (CatalogEvent event : catalog.events()) {
      if (event.definition().kind() != EventKind.EVENT) {
        event.consumer(actor).ifPresent(consumer -> asked.put(event.name(), consumer.pattern()));
      }
    }
    return asked;
  }

  private static @Nullable String nearest(String name, Collection<String> known) {
    return Nearest.nearest(name, known).orElse(null);
  }

  private void problem(Located actor, String part, String message, @Nullable String suggestion) {
    Place place = actor.places().of(part);
    problems.add(
        new Problem(actor.problems().file(), place.line(), place.column(), message, suggestion));
  }
}
