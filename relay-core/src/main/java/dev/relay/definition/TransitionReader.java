package dev.relay.definition;

import dev.relay.definition.YamlNode.Scalar;
import dev.relay.definition.expression.ExpressionProblem;
import dev.relay.definition.expression.Expressions;
import dev.relay.definition.expression.Rule;
import dev.relay.definition.expression.Script;
import dev.relay.definition.expression.ScriptText;
import dev.relay.definition.expression.Sight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code validates:} and {@code do:}: expressions, checked where they stand. */
final class TransitionReader {
  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");

  private final Problems problems;

  TransitionReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * The rules of a handler; those with problems are left out.
   *
   * @param fields all fields of the payload, where they are known
   */
  List<Rule> rules(Form handler, Optional<Set<String>> fields) {
    List<Rule> rules = new ArrayList<>();
    for (Scalar scalar : handler.texts("validates")) {
      if (isSound(scalar, Sight.PAYLOAD)) {
        fields.ifPresent(known -> report(scalar, Expressions.unknownFields(scalar.text(), known)));
        rules.add(Expressions.rule(scalar.text()));
      }
    }
    return rules;
  }

  /**
   * A transition, with what the rest of the definition wants to know of it.
   *
   * @param script absent where it has problems
   * @param emitted the events it emits, each with the place of its name
   */
  record Transition(@Nullable Script script, boolean replies, Set<Emitted> emitted) {}

  /**
   * An event or command named in {@code emit:}.
   *
   * @param later whether a timer sends it
   */
  record Emitted(String event, Place place, boolean later) {}

  /**
   * Reads {@code do:}.
   *
   * @param readOnly whether only {@code fail} and {@code reply} make sense
   */
  Transition transition(YamlNode node, String what, boolean readOnly) {
    List<String> keys =
        readOnly ? List.of("fail", "reply") : List.of("fail", "state", "cancel", "emit", "reply");
    Form form = Form.of(node, what + ": do", problems, keys);
    int before = problems.found().size();
    List<ScriptText.Refusal> fails = fails(form);
    String state = expression(form, "state", Sight.BEFORE);
    Set<Emitted> emitted = new LinkedHashSet<>();
    List<ScriptText.Cancel> cancels = cancels(form);
    List<ScriptText.Emit> emits = emits(form, emitted);
    String reply = expression(form, "reply", Sight.AFTER);
    boolean sound = problems.found().size() == before;
    if (sound && form.isEmpty()) {
      problems.add(form.place(), what + ": do says nothing; it has: " + String.join(", ", keys));
    }
    Script script =
        sound ? Expressions.script(new ScriptText(fails, state, cancels, emits, reply)) : null;
    return new Transition(script, reply != null, emitted);
  }

  /** A step to the next version of a state, as a script whose state is the newer one. */
  @Nullable Script migration(Scalar text) {
    return isSound(text, Sight.MIGRATION)
        ? Expressions.script(new ScriptText(List.of(), text.text(), List.of(), List.of(), null))
        : null;
  }

  private List<ScriptText.Refusal> fails(Form form) {
    List<ScriptText.Refusal> fails = new ArrayList<>();
    for (YamlNode item : form.list("fail")) {
      Form fail = Form.of(item, "fail", problems, List.of("when", "code", "message"));
      String when = requiredExpression(fail, "when", "stock < 1");
      String code = fail.required("code", "OUT_OF_STOCK");
      if (!code.isEmpty() && !CODE.matcher(code).matches()) {
        problems.add(fail.placeOf("code"), "a code is UPPER_SNAKE, not \"" + code + "\"");
      }
      String message = requiredExpression(fail, "message", "'\"only \" & stock & \" left\"'");
      fails.add(new ScriptText.Refusal(when, code, message));
    }
    return fails;
  }

  private List<ScriptText.Emit> emits(Form form, Set<Emitted> emitted) {
    List<ScriptText.Emit> emits = new ArrayList<>();
    for (YamlNode item : form.list("emit")) {
      if (item instanceof Scalar scalar) {
        emitted.add(new Emitted(scalar.text(), scalar.place(), false));
        emits.add(new ScriptText.Emit(scalar.text(), "$payload", null));
        continue;
      }
      Form emit =
          Form.of(item, "emit", problems, List.of("event", "payload", "when", "after", "name"));
      String event = emit.required("event", "ITEM_ADDED_TO_CART");
      if (!event.isEmpty()) {
        emitted.add(new Emitted(event, emit.placeOf("event"), emit.has("after")));
      }
      String payload = expression(emit, "payload", Sight.AFTER);
      String when = expression(emit, "when", Sight.AFTER);
      emits.add(
          new ScriptText.Emit(event, payload == null ? "$payload" : payload, when, later(emit)));
    }
    return emits;
  }

  private Script.@Nullable Later later(Form emit) {
    Optional<String> name = emit.text("name");
    if (!emit.has("after")) {
      name.ifPresent(
          given -> problems.add(emit.keyPlace("name"), "a name is a timer's: add after: 30m"));
      return null;
    }
    return new Script.Later(emit.duration("after", Duration.ZERO), name.orElse(null));
  }

  private List<ScriptText.Cancel> cancels(Form form) {
    List<ScriptText.Cancel> cancels = new ArrayList<>();
    for (YamlNode item : form.list("cancel")) {
      if (item instanceof Scalar scalar) {
        cancels.add(new ScriptText.Cancel(scalar.text(), null));
        continue;
      }
      Form cancel = Form.of(item, "cancel", problems, List.of("name", "when"));
      String name = cancel.required("name", "reminder");
      cancels.add(new ScriptText.Cancel(name, expression(cancel, "when", Sight.AFTER)));
    }
    return cancels;
  }

  private String requiredExpression(Form form, String key, String example) {
    if (form.get(key) == null) {
      form.required(key, example);
      return "";
    }
    String text = expression(form, key, Sight.BEFORE);
    return text == null ? "" : text;
  }

  private @Nullable String expression(Form form, String key, Sight sight) {
    Optional<Scalar> scalar = form.scalar(key);
    scalar.ifPresent(text -> isSound(text, sight));
    return scalar.map(Scalar::text).orElse(null);
  }

  private boolean isSound(Scalar scalar, Sight sight) {
    List<ExpressionProblem> found = Expressions.problems(scalar.text(), sight);
    report(scalar, found);
    return found.isEmpty();
  }

  private void report(Scalar scalar, List<ExpressionProblem> found) {
    for (ExpressionProblem problem : found) {
      Place place = scalar.at(problem.offset());
      problems.add(place, "in the expression: " + problem.message(), problem.suggestion());
    }
  }
}
