package dev.relay.definition;

import dev.relay.definition.FlowDefinition.Again;
import dev.relay.definition.FlowDefinition.Deadline;
import dev.relay.definition.FlowDefinition.Start;
import dev.relay.definition.FlowStep.Then;
import dev.relay.definition.YamlNode.Scalar;
import dev.relay.definition.expression.Formula;
import dev.relay.definition.expression.Sight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one file of a flow. Goes on after a problem, so that one run reports them all. */
final class FlowReader {
  private static final List<String> KEYS =
      List.of(
          "name",
          "description",
          "version",
          "key",
          "start",
          "expected",
          "again",
          "deadline",
          "retry",
          "cancelOn",
          "types",
          "steps",
          "reply");

  /**
   * 20 attempts, from 200 ms doubling to a minute: about twelve minutes, which outlast the restart
   * of a node or a provider's bad moment, before a person is asked.
   */
  static final RetryPolicy RETRY =
      new RetryPolicy(20, Duration.ofMillis(200), Duration.ofMinutes(1));

  /** How long the sender of a start waits where nobody says otherwise. */
  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

  private final Problems problems;
  private final Places places = new Places();
  private final Types types;

  FlowReader(Problems problems) {
    this.problems = problems;
    this.types = new Types(problems);
  }

  /** A flow, and where its parts are written. */
  record Located(FlowDefinition flow, Problems problems, Places places) {}

  /** The flow as far as it can be read; to be used only where there are no problems. */
  @Nullable Located read(String text) {
    DefinitionFile file =
        DefinitionFile.read(
            text, "flow", "a flow", "{ name: checkout, steps: […] }", KEYS, problems);
    return file == null ? null : new Located(flow(file.form(), file.source()), problems, places);
  }

  private FlowDefinition flow(Form form, JsonNode source) {
    String name = form.required("name", "checkout");
    places.put("name", form.placeOf("name"));
    if (!name.isEmpty()) {
      Names.actor(name, form.placeOf("name"), problems);
    }
    types.declare(form.entries("types"), name, null);
    String key = form.text("key").orElse(null);
    FlowStepsReader reader = new FlowStepsReader(problems, places);
    Start start = start(form, key, reader);
    List<FlowStep> steps = reader.steps(form.list("steps"));
    if (steps.isEmpty() && problems.isEmpty()) {
      problems.add(form.place(), "a flow has steps: write steps: [{ ask: RESERVE_STOCK, … }]");
    }
    Formula reply = reader.formula(form, "reply", "reply", Sight.FLOW);
    YamlNode retry = form.get("retry");
    types.finish();
    FlowDefinition flow =
        new FlowDefinition(
            name,
            form.text("description").orElse(""),
            version(form),
            key,
            start,
            again(form),
            deadline(form, reader),
            retry == null ? RETRY : new DependenciesReader(problems, places).retry(retry),
            reader.awaited(cancel(form), "on"),
            steps,
            reply,
            source);
    checkWaits(form, flow);
    return flow;
  }

  /** {@code cancelOn: [CART_CHECKED_OUT]}, or with key and where. */
  private Form cancel(Form form) {
    YamlNode node = form.get("cancelOn");
    List<String> keys = List.of("on", "key", "where");
    if (node == null || node instanceof YamlNode.Mapping) {
      YamlNode given = node == null ? new YamlNode.Mapping(form.place(), Map.of()) : node;
      return Form.of(given, "cancelOn", problems, keys);
    }
    YamlNode.Entry on = new YamlNode.Entry(form.keyPlace("cancelOn"), node);
    YamlNode.Mapping mapping = new YamlNode.Mapping(node.place(), Map.of("on", on));
    return new Form(mapping, "cancelOn", problems, keys);
  }

  private @Nullable Start start(Form flow, @Nullable String key, FlowStepsReader reader) {
    boolean expected =
        flow.scalar("expected").map(Scalar::value).filter(Boolean.TRUE::equals).isPresent();
    YamlNode node = flow.get("start");
    if (node == null) {
      if (!expected) {
        String message = "flow lacks start: { command: … } or { event: … }, or expected: true";
        problems.add(flow.place(), message);
      }
      return null;
    }
    if (expected) {
      problems.add(flow.keyPlace("expected"), "a flow that is only expected has no start");
    }
    List<String> keys =
        List.of(
            "command",
            "event",
            "key",
            "where",
            "payload",
            "validates",
            "returns",
            "waits",
            "timeout");
    Form form = Form.of(node, "start", problems, keys);
    if (form.has("command") == form.has("event")) {
      problems.add(form.place(), "start has command: START_CHECKOUT or event: ORDER_CONFIRMED");
      return null;
    }
    return form.has("command") ? command(form, key) : event(form, key, reader);
  }

  private Start command(Form form, @Nullable String key) {
    String name = form.required("command", "START_CHECKOUT");
    Names.event(name, form.placeOf("command"), problems);
    places.put("start", form.placeOf("command"));
    YamlNode payload = form.get("payload");
    if (payload == null) {
      problems.add(form.place(), "start lacks payload: { orderId: string }");
    }
    JsonNode schema = payload == null ? Names.anyObject() : types.document(payload);
    if (key != null && payload != null) {
      KeyCheck.complaint(schema, key)
          .ifPresent(complaint -> problems.add(form.placeOf("payload"), "start: " + complaint));
    }
    YamlNode returns = form.get("returns");
    return new Start(
        name,
        true,
        null,
        null,
        schema,
        returns == null ? null : types.document(returns),
        new TransitionReader(problems).rules(form, KeyCheck.allFields(schema)),
        form.text("waits").orElse(FlowDefinition.OUTCOME),
        form.duration("timeout", START_TIMEOUT));
  }

  private Start event(Form form, @Nullable String key, FlowStepsReader reader) {
    String name = form.required("event", "ORDER_CONFIRMED");
    Names.event(name, form.placeOf("event"), problems);
    places.putIfAbsent("event/" + name, form.placeOf("event"));
    places.putIfAbsent("key/" + name, form.placeOf(form.has("key") ? "key" : "event"));
    String own = form.text("key").orElse(null);
    if (key == null && own == null) {
      problems.add(form.place(), "start by " + name + " needs key: the field that names the flow");
    }
    for (String word : List.of("payload", "validates", "returns", "waits", "timeout")) {
      if (form.has(word)) {
        problems.add(form.keyPlace(word), "start by an event has no " + word);
      }
    }
    Formula where = reader.formula(form, "start", "where", Sight.FLOW_EVENT);
    return new Start(
        name, false, own, where, null, null, List.of(), FlowDefinition.STARTED, START_TIMEOUT);
  }

  private void checkWaits(Form form, FlowDefinition flow) {
    Start start = flow.start();
    List<String> known = new ArrayList<>(List.of(FlowDefinition.OUTCOME, FlowDefinition.STARTED));
    flow.allSteps().forEach(step -> known.add(step.name()));
    if (start != null && !known.contains(start.waits())) {
      String message = "start waits for outcome, started or a step, not \"" + start.waits() + "\"";
      Place place = form.placeOf("start");
      problems.unknown(place, message, start.waits(), known);
    }
  }

  private Again again(Form form) {
    Optional<String> word = form.text("again");
    List<String> words = Arrays.stream(Again.values()).map(FlowReader::word).toList();
    if (word.isPresent() && !words.contains(word.get())) {
      String message = "again is " + String.join(", ", words) + ", not " + word.get();
      problems.unknown(form.placeOf("again"), message, word.get(), words);
      return Again.NEVER;
    }
    return word.map(each -> Again.valueOf(each.toUpperCase(Locale.ROOT))).orElse(Again.NEVER);
  }

  private static String word(Again again) {
    return again.name().toLowerCase(Locale.ROOT);
  }

  private @Nullable Deadline deadline(Form flow, FlowStepsReader reader) {
    YamlNode node = flow.get("deadline");
    if (node == null) {
      return null;
    }
    if (node instanceof Scalar) {
      return new Deadline(flow.duration("deadline", Duration.ofHours(1)), Then.COMPENSATE);
    }
    Form form = Form.of(node, "deadline", problems, List.of("within", "then"));
    if (!form.has("within")) {
      problems.add(form.place(), "deadline lacks within: 15m");
    }
    return new Deadline(
        form.duration("within", Duration.ofHours(1)),
        reader.then(form, "then", Then.COMPENSATE, Then.COMPENSATE, Then.FAIL, Then.PAUSE));
  }

  private String version(Form form) {
    String version = form.scalar("version").map(Scalar::text).orElse("1.0.0");
    if (!Names.isVersion(version)) {
      String message = "a version has three numbers such as 1.2.0, not " + version;
      problems.add(form.placeOf("version"), message);
    }
    return version;
  }
}
