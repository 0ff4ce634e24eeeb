package dev.relay.definition;

import dev.relay.definition.FlowStep.Awaited;
import dev.relay.definition.FlowStep.Sending;
import dev.relay.definition.FlowStep.Then;
import dev.relay.definition.FlowStep.Undo;
import dev.relay.definition.YamlNode.Entry;
import dev.relay.definition.YamlNode.Scalar;
import dev.relay.definition.expression.ExpressionProblem;
import dev.relay.definition.expression.Expressions;
import dev.relay.definition.expression.Formula;
import dev.relay.definition.expression.Sight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code steps:} of a flow. */
final class FlowStepsReader {
  private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9_]{0,62}");
  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");
  private static final List<String> KINDS =
      List.of("ask", "tell", "wait", "delay", "branch", "fail", "end");

  /** Names that expressions know already. */
  private static final Set<String> TAKEN = Set.of("input", "key", "undo");

  private final Problems problems;
  private final Places places;
  private final Set<String> names = new LinkedHashSet<>();
  private final Set<String> results = new LinkedHashSet<>(Set.of("input"));

  FlowStepsReader(Problems problems, Places places) {
    this.problems = problems;
    this.places = places;
  }

  /** The names under which expressions find input and results. */
  Set<String> results() {
    return results;
  }

  List<FlowStep> steps(List<YamlNode> items) {
    List<FlowStep> steps = new ArrayList<>();
    for (YamlNode item : items) {
      FlowStep step = step(item);
      if (step != null) {
        steps.add(step);
      }
    }
    return steps;
  }

  private @Nullable FlowStep step(YamlNode item) {
    if (!(item instanceof YamlNode.Mapping mapping)) {
      String message = "a step is a mapping with one of ";
      problems.add(item.place(), message + String.join(", ", KINDS) + ", not " + item.kind());
      return null;
    }
    List<String> kinds = KINDS.stream().filter(mapping.entries()::containsKey).toList();
    if (kinds.size() != 1) {
      String found = kinds.isEmpty() ? "this has none" : "this has " + String.join(" and ", kinds);
      String message = "a step has one of " + String.join(", ", KINDS) + "; " + found;
      String first = mapping.entries().keySet().stream().findFirst().orElse("");
      problems.unknown(item.place(), message, first, kinds.isEmpty() ? KINDS : List.of());
      return null;
    }
    String kind = kinds.get(0);
    if (kind.equals("ask") || kind.equals("tell")) {
      return send(mapping, kind);
    }
    if (kind.equals("wait")) {
      return await(mapping);
    }
    return kind.equals("branch") ? branch(mapping) : plain(mapping, kind);
  }

  private FlowStep send(YamlNode.Mapping mapping, String kind) {
    Form form =
        form(
            mapping,
            kind,
            "with",
            "as",
            "forEach",
            "when",
            "retry",
            "timeout",
            "onRefused",
            "compensate");
    String event = form.required(kind, "RESERVE_STOCK");
    String name = name(form, event);
    boolean each = form.has("forEach");
    Formula list = formula(form, name, "forEach", Sight.FLOW);
    Formula when = formula(form, name, "when", Sight.FLOW);
    Sending sending = sending(form, name, kind, each ? Sight.FLOW_ITEM : Sight.FLOW);
    YamlNode retry = form.get("retry");
    return new FlowStep.Send(
        name,
        form.text("description").orElse(""),
        sending,
        result(form),
        list,
        when,
        retry == null ? null : new DependenciesReader(problems, places).retry(retry),
        onRefused(form, name),
        undo(form, name, each ? Sight.FLOW_ITEM : Sight.FLOW));
  }

  private Sending sending(Form form, String step, String kind, Sight sight) {
    String event = form.text(kind).orElse("");
    if (!event.isEmpty()) {
      Names.event(event, form.placeOf(kind), problems);
      places.put("send/" + kind + "/" + event, form.placeOf(kind));
    }
    Formula with = formula(form, step, "with", sight);
    if (with == null) {
      if (!form.has("with")) {
        String message = event + " lacks with, its payload: '{ \"orderId\": input.orderId }'";
        problems.add(form.place(), message);
      }
      with = Expressions.formula("with", "{}", Sight.FLOW);
    }
    Duration timeout = form.has("timeout") ? form.duration("timeout", Duration.ZERO) : null;
    return new Sending(event, kind.equals("tell"), with, timeout);
  }

  private @Nullable Undo undo(Form step, String name, Sight sight) {
    YamlNode node = step.get("compensate");
    if (node == null) {
      return null;
    }
    List<String> keys = List.of("ask", "tell", "with", "timeout", "onRefused");
    Form form = Form.of(node, name + ": compensate", problems, keys);
    if (form.has("ask") == form.has("tell")) {
      problems.add(form.place(), name + ": compensate has ask or tell, and with");
      return null;
    }
    Sending sending = sending(form, name + ".undo", form.has("tell") ? "tell" : "ask", sight);
    return new Undo(sending, then(form, "onRefused", Then.PAUSE, Then.CONTINUE, Then.PAUSE));
  }

  private Map<String, Then> onRefused(Form form, String step) {
    if (!(form.get("onRefused") instanceof YamlNode.Mapping byReason)) {
      return Map.of("", then(form, "onRefused", Then.COMPENSATE, Then.values()));
    }
    Map<String, Then> map = new LinkedHashMap<>();
    for (Map.Entry<String, Entry> each : byReason.entries().entrySet()) {
      String code = each.getKey();
      boolean other = code.equals("otherwise");
      if (!other && !CODE.matcher(code).matches()) {
        String message = ": onRefused names the actor's UPPER_SNAKE words and otherwise, not ";
        problems.add(each.getValue().keyPlace(), step + message + code);
      }
      YamlNode.Mapping one = new YamlNode.Mapping(byReason.place(), Map.of(code, each.getValue()));
      Form single = new Form(one, step + ": onRefused", problems, List.of(code));
      map.put(other ? "" : code, then(single, code, Then.COMPENSATE, Then.values()));
    }
    return map;
  }

  /** A word for what follows. */
  Then then(Form form, String key, Then byDefault, Then... allowed) {
    String word = form.text(key).orElse("");
    for (Then then : allowed) {
      if (then.name().toLowerCase(Locale.ROOT).equals(word)) {
        return then;
      }
    }
    if (!word.isEmpty()) {
      List<String> words = new ArrayList<>();
      for (Then then : allowed) {
        words.add(then.name().toLowerCase(Locale.ROOT));
      }
      String message = key + " is " + String.join(" or ", words) + ", not " + word;
      problems.unknown(form.placeOf(key), message, word, words);
    }
    return byDefault;
  }

  private FlowStep await(YamlNode.Mapping mapping) {
    Form form = form(mapping, "wait", "key", "where", "as", "within", "onTimeout");
    List<Awaited> events = awaited(form, "wait");
    String first = events.isEmpty() ? "event" : events.get(0).event();
    String name = name(form, first);
    if (form.has("onTimeout") && !form.has("within")) {
      problems.add(form.keyPlace("onTimeout"), name + ": onTimeout needs within: how long to wait");
    }
    return new FlowStep.Wait(
        name,
        form.text("description").orElse(""),
        events,
        result(form),
        form.has("within") ? form.duration("within", Duration.ZERO) : null,
        then(form, "onTimeout", Then.COMPENSATE, Then.values()));
  }

  /** The events under a key, with the form's {@code key} and {@code where} for all of them. */
  List<Awaited> awaited(Form form, String key) {
    List<Awaited> events = new ArrayList<>();
    String field = form.text("key").orElse(null);
    Formula where = formula(form, key, "where", Sight.FLOW_EVENT);
    for (Scalar scalar : form.texts(key)) {
      Names.event(scalar.text(), scalar.place(), problems);
      places.putIfAbsent("event/" + scalar.text(), scalar.place());
      places.putIfAbsent("key/" + scalar.text(), form.placeOf(form.has("key") ? "key" : key));
      events.add(new Awaited(scalar.text(), field, where));
    }
    return events;
  }

  private FlowStep branch(YamlNode.Mapping mapping) {
    Form form = form(mapping, "branch");
    String name = name(form, "branch");
    List<FlowStep.Way> ways = new ArrayList<>();
    for (YamlNode item : form.list("branch")) {
      Form way = Form.of(item, name + ": a way", problems, List.of("when", "otherwise", "steps"));
      boolean otherwise = way.has("otherwise");
      if (otherwise == way.has("when")) {
        problems.add(way.place(), name + ": a way has when and steps, or otherwise: [steps]");
      }
      if (!ways.isEmpty() && ways.get(ways.size() - 1).when() == null) {
        problems.add(way.place(), name + ": no way is taken behind otherwise");
      }
      Formula when = formula(way, name, "when", Sight.FLOW);
      List<FlowStep> steps = steps(way.list(otherwise ? "otherwise" : "steps"));
      ways.add(new FlowStep.Way(otherwise ? null : when, steps));
    }
    return new FlowStep.Branch(name, form.text("description").orElse(""), ways);
  }

  private FlowStep plain(YamlNode.Mapping mapping, String kind) {
    if (kind.equals("delay")) {
      Form form = form(mapping, "delay");
      Duration delay = form.duration("delay", Duration.ofSeconds(1));
      return new FlowStep.Delay(name(form, "delay"), form.text("description").orElse(""), delay);
    }
    if (kind.equals("end")) {
      Form form = form(mapping, "end");
      return new FlowStep.End(name(form, "end"), form.text("description").orElse(""));
    }
    Form form = form(mapping, "fail", "message", "then");
    String code = form.required("fail", "NOT_PAID");
    if (!code.isEmpty() && !CODE.matcher(code).matches()) {
      problems.add(form.placeOf("fail"), "a code is UPPER_SNAKE, not \"" + code + "\"");
    }
    String name = name(form, code);
    Formula message = formula(form, name, "message", Sight.FLOW);
    return new FlowStep.Fail(
        name,
        form.text("description").orElse(""),
        code,
        message == null ? Expressions.formula("message", "\"\"", Sight.FLOW) : message,
        then(form, "then", Then.COMPENSATE, Then.COMPENSATE, Then.FAIL));
  }

  private Form form(YamlNode.Mapping mapping, String kind, String... more) {
    List<String> keys = new ArrayList<>(List.of("name", "description", kind));
    keys.addAll(List.of(more));
    return new Form(mapping, "a step with " + kind, problems, keys);
  }

  /** The given name, or one after the event; two steps never share one. */
  private String name(Form form, String after) {
    String given = form.text("name").orElse("");
    if (given.isEmpty()) {
      String plain = after.isEmpty() ? "step" : after.toLowerCase(Locale.ROOT);
      String name = plain;
      for (int i = 2; !names.add(name); i++) {
        name = plain + "_" + i;
      }
      return name;
    }
    if (!NAME.matcher(given).matches()) {
      String message = "a step's name is lower_snake or lowerCamel, not \"" + given + "\"";
      problems.add(form.placeOf("name"), message);
    }
    if (!names.add(given)) {
      problems.add(form.placeOf("name"), "two steps are called " + given + "; names are unique");
    }
    return given;
  }

  private @Nullable String result(Form form) {
    String as = form.text("as").orElse(null);
    if (as != null && (!NAME.matcher(as).matches() || TAKEN.contains(as))) {
      String message = "as is a name of its own such as order, not \"" + as + "\"";
      problems.add(form.placeOf("as"), message);
    }
    if (as != null) {
      results.add(as);
    }
    return as;
  }

  /** A checked expression; absent where there is none, or where it has problems. */
  @Nullable Formula formula(Form form, String step, String key, Sight sight) {
    Scalar scalar = form.scalar(key).orElse(null);
    if (scalar == null) {
      return null;
    }
    List<ExpressionProblem> found = new ArrayList<>(Expressions.problems(scalar.text(), sight));
    if (found.isEmpty()) {
      found.addAll(Expressions.unknownRoots(scalar.text(), results));
    }
    for (ExpressionProblem problem : found) {
      Place place = scalar.at(problem.offset());
      problems.add(place, "in the expression: " + problem.message(), problem.suggestion());
    }
    return found.isEmpty()
        ? Expressions.formula("steps." + step + "." + key, scalar.text(), sight)
        : null;
  }
}
