package dev.relay.definition;

import dev.relay.catalog.EventKind;
import dev.relay.catalog.Pattern;
import dev.relay.definition.TransitionReader.Emitted;
import dev.relay.definition.TransitionReader.Transition;
import dev.relay.definition.YamlNode.Entry;
import dev.relay.definition.YamlNode.Scalar;
import dev.relay.schema.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads {@code handles:}, {@code queries:} and {@code subscribes:}: what an actor receives. */
final class HandlersReader {
  /** How long an ask may take where nobody says otherwise; the catalog has the same default. */
  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

  private final Problems problems;
  private final Places places;
  private final Types types;
  private final TransitionReader transitions;
  private final String keyField;
  private final boolean hasClass;
  private final FindReader finds;
  private final Map<String, HandlerDefinition> handlers = new LinkedHashMap<>();
  private final List<Emitted> told = new ArrayList<>(0);

  HandlersReader(
      Problems problems,
      Places places,
      Types types,
      String keyField,
      boolean hasClass,
      FindReader finds) {
    this.problems = problems;
    this.places = places;
    this.types = types;
    this.transitions = new TransitionReader(problems);
    this.keyField = keyField;
    this.hasClass = hasClass;
    this.finds = finds;
  }

  /** What was read, by event name. */
  Map<String, HandlerDefinition> handlers() {
    return handlers;
  }

  /**
   * Checks what timers send and no {@code emits} declares: it is a tell, of the actor's own or of
   * one that it depends on.
   */
  void checkTold(ActorDefinition definition) {
    for (Emitted emit : told) {
      if (!definition.tells(emit.event())) {
        Set<String> known = new TreeSet<>(definition.produces().keySet());
        definition.handlers().keySet().stream().filter(definition::tells).forEach(known::add);
        String message =
            emit.event()
                + " is sent later, but is neither in emits nor a tell of this actor or in its"
                + " dependencies";
        problems.unknown(emit.place(), message, emit.event(), known);
      }
    }
  }

  void commands(Map<String, Entry> section) {
    List<String> keys =
        List.of(
            "description",
            "pattern",
            "key",
            "payload",
            "validates",
            "emits",
            "returns",
            "timeout",
            "do");
    section.forEach(
        (event, entry) -> {
          Form form = handler(event, entry, "handles " + event, keys);
          Pattern pattern = pattern(form, event, List.of(Pattern.ASK, Pattern.TELL));
          if (pattern == Pattern.TELL && form.has("returns")) {
            problems.add(form.keyPlace("returns"), event + " is a tell, which nobody answers");
          }
          add(event, entry, EventKind.COMMAND, pattern, form);
        });
  }

  void queries(Map<String, Entry> section) {
    List<String> keys =
        List.of("description", "key", "payload", "find", "validates", "returns", "timeout", "do");
    section.forEach(
        (event, entry) -> {
          Form form = handler(event, entry, "queries " + event, keys);
          add(event, entry, EventKind.QUERY, Pattern.ASK, form);
        });
  }

  void subscriptions(Map<String, Entry> section) {
    List<String> keys = List.of("description", "pattern", "key", "emits", "timeout", "do");
    section.forEach(
        (event, entry) -> {
          Form form = handler(event, entry, "subscribes " + event, keys);
          Pattern pattern =
              pattern(form, event, List.of(Pattern.PUBLISH, Pattern.TELL, Pattern.ASK));
          add(event, entry, EventKind.EVENT, pattern, form);
        });
  }

  private Form handler(String event, Entry entry, String what, List<String> keys) {
    Names.event(event, entry.keyPlace(), problems);
    if (entry.value() instanceof Scalar scalar && scalar.value() == null) {
      YamlNode.Mapping nothing = new YamlNode.Mapping(entry.keyPlace(), Map.of());
      return new Form(nothing, what, problems, keys);
    }
    return Form.of(entry.value(), what, problems, keys);
  }

  private void add(String event, Entry entry, EventKind kind, Pattern pattern, Form form) {
    places.put("handles/" + event, entry.keyPlace());
    String description = form.text("description").orElse("");
    Duration timeout = form.duration("timeout", DEFAULT_TIMEOUT);
    YamlNode find = form.get("find");
    JsonNode payload = kind == EventKind.EVENT ? null : payload(event, form, find != null);
    String key = find == null ? key(event, form, payload) : noKey(event, form);
    YamlNode returned = form.get("returns");
    JsonNode result = returned == null ? null : result(returned, find != null);
    Set<String> emits = kind == EventKind.QUERY ? Set.of() : emits(event, form);
    Transition transition = transition(event, entry, kind, pattern, form, emits);
    HandlerDefinition handler =
        new HandlerDefinition(
            event,
            kind,
            description,
            pattern,
            timeout,
            key,
            payload,
            result,
            transitions.rules(form, payload == null ? Optional.empty() : fields(form, payload)),
            emits,
            transition == null ? null : transition.script(),
            find == null || payload == null ? null : finds.read(event, find, payload));
    if (handlers.putIfAbsent(event, handler) != null) {
      problems.add(entry.keyPlace(), event + " is received twice; one event has one handler");
    }
  }

  private JsonNode payload(String event, Form form, boolean finds) {
    YamlNode node = form.get("payload");
    if (finds) {
      YamlNode fields = node == null ? new YamlNode.Mapping(form.place(), Map.of()) : node;
      JsonNode payload = types.document(fields);
      Optional<ObjectNode> paged = FindReader.withPaging(payload);
      if (paged.isEmpty()) {
        String message = event + ": the payload of a query that finds is written with its fields";
        problems.add(fields.place(), message + ", to which limit and after are added");
      }
      return paged.isPresent() ? paged.get() : payload;
    }
    if (node == null) {
      String key = keyField.isEmpty() ? "id" : keyField;
      String example = "payload: { " + key + ": string }";
      problems.add(form.place(), event + " lacks a payload, which names the instance: " + example);
      return Names.anyObject();
    }
    return types.document(node);
  }

  private JsonNode result(YamlNode returned, boolean finds) {
    return finds ? types.page(returned) : types.document(returned);
  }

  /** What is found is asked of no instance. */
  private @Nullable String noKey(String event, Form form) {
    if (form.has("key")) {
      problems.add(form.keyPlace("key"), event + " finds instances, so no key names one");
    }
    return null;
  }

  private static Optional<Set<String>> fields(Form form, JsonNode payload) {
    return form.has("payload") ? KeyCheck.allFields(payload) : Optional.empty();
  }

  /** The field that names the instance, where it isn't the actor's own; checked in any case. */
  private @Nullable String key(String event, Form form, @Nullable JsonNode payload) {
    Optional<String> own = form.text("key");
    String field = own.orElse(keyField);
    Place place = own.isPresent() ? form.placeOf("key") : form.placeOf("payload");
    places.put("key/" + event, place);
    if (payload != null && form.has("payload") && !field.isEmpty()) {
      KeyCheck.complaint(payload, field)
          .ifPresent(
              complaint -> {
                String hint = Nearest.nearest(field, KeyCheck.fields(payload)).orElse(null);
                problems.add(place, event + ": " + complaint, hint);
              });
    }
    return own.filter(name -> !name.equals(keyField)).orElse(null);
  }

  private Set<String> emits(String event, Form form) {
    Set<String> emits = new LinkedHashSet<>();
    for (Scalar scalar : form.texts("emits")) {
      Names.event(scalar.text(), scalar.place(), problems);
      if (!emits.add(scalar.text())) {
        problems.add(scalar.place(), event + ": emits names " + scalar.text() + " twice");
      }
      places.putIfAbsent("emits/" + scalar.text(), scalar.place());
    }
    return emits;
  }

  private @Nullable Transition transition(
      String event, Entry entry, EventKind kind, Pattern pattern, Form form, Set<String> emits) {
    YamlNode node = form.get("do");
    if (node == null) {
      if (!hasClass) {
        String message = event + " has no handler: write do:, or class: for a handler in Java";
        problems.add(entry.keyPlace(), message);
      }
      return null;
    }
    Transition transition = transitions.transition(node, event, kind == EventKind.QUERY);
    if (kind != EventKind.QUERY) {
      checkEmitted(event, form, transition, emits);
    }
    if (transition.replies() && pattern != Pattern.ASK) {
      problems.add(node.place(), event + " isn't asked, so nobody hears a reply");
    }
    if (!transition.replies() && form.has("returns")) {
      problems.add(node.place(), event + " returns something, but do has no reply");
    }
    return transition;
  }

  private void checkEmitted(String event, Form form, Transition transition, Set<String> emits) {
    Set<String> emitted = new TreeSet<>();
    for (Emitted emit : transition.emitted()) {
      emitted.add(emit.event());
      if (!emits.contains(emit.event()) && emit.later()) {
        told.add(emit);
      } else if (!emits.contains(emit.event())) {
        String message = event + " doesn't declare " + emit.event() + " in its emits";
        problems.unknown(emit.place(), message, emit.event(), emits);
      }
    }
    for (Scalar scalar : form.texts("emits")) {
      if (!emitted.contains(scalar.text())) {
        problems.add(scalar.place(), event + ": do never emits " + scalar.text());
      }
    }
  }

  private Pattern pattern(Form form, String event, List<Pattern> allowed) {
    Optional<String> text = form.text("pattern");
    List<String> names = allowed.stream().map(Pattern::text).toList();
    if (text.isEmpty()) {
      return allowed.get(0);
    }
    if (!names.contains(text.get())) {
      String message = event + ": pattern is " + String.join(" or ", names) + ", not " + text.get();
      problems.unknown(form.placeOf("pattern"), message, text.get(), names);
      return allowed.get(0);
    }
    return Pattern.valueOf(text.get().toUpperCase(Locale.ROOT));
  }
}
