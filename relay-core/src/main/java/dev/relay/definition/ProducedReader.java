package dev.relay.definition;

import dev.relay.catalog.EventDraft;
import dev.relay.definition.YamlNode.Entry;
import dev.relay.definition.YamlNode.Mapping;
import dev.relay.definition.YamlNode.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code events:}, and adds what handlers emit and nobody described. */
final class ProducedReader {
  private final Problems problems;
  private final Places places;
  private final Types types;

  ProducedReader(Problems problems, Places places, Types types) {
    this.problems = problems;
    this.places = places;
    this.types = types;
  }

  Map<String, ProducedEvent> read(
      Map<String, Entry> section, Map<String, HandlerDefinition> handlers) {
    Map<String, ProducedEvent> produced = new LinkedHashMap<>();
    section.forEach((event, entry) -> produced.put(event, described(event, entry)));
    for (HandlerDefinition handler : handlers.values()) {
      for (String event : handler.emits()) {
        produced.computeIfAbsent(event, this::undescribed);
      }
    }
    produced.keySet().forEach(event -> refuseCommand(event, handlers));
    return produced;
  }

  private ProducedEvent described(String event, Entry entry) {
    Names.event(event, entry.keyPlace(), problems);
    places.put("events/" + event, entry.keyPlace());
    boolean bare = entry.value() instanceof Scalar scalar && scalar.value() == null;
    YamlNode node = bare ? new Mapping(entry.keyPlace(), Map.of()) : entry.value();
    Form form =
        Form.of(node, "events " + event, problems, List.of("description", "payload", "version"));
    YamlNode payload = form.get("payload");
    return new ProducedEvent(
        event,
        form.text("description").orElse(""),
        version(form),
        payload == null ? Names.anyObject() : types.document(payload));
  }

  private String version(Form form) {
    String version = form.scalar("version").map(Scalar::text).orElse(EventDraft.FIRST_VERSION);
    if (!Names.isVersion(version)) {
      String message = "a version has three numbers such as 1.2.0, not " + version;
      problems.add(form.placeOf("version"), message);
    }
    return version;
  }

  private ProducedEvent undescribed(String event) {
    places.put("events/" + event, places.of("emits/" + event));
    return new ProducedEvent(event, "", EventDraft.FIRST_VERSION, Names.anyObject());
  }

  private void refuseCommand(String event, Map<String, HandlerDefinition> handlers) {
    HandlerDefinition handler = handlers.get(event);
    if (handler != null && handler.payloadSchema() != null) {
      String message = event + " is a " + handler.kind().text() + " here and can't be emitted";
      problems.add(places.of("events/" + event), message);
    }
  }
}
