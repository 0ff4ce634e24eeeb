package dev.relay.definition.expression;

import dev.relay.schema.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Checks and compiles expressions. Thread-safe. */
public final class Expressions {
  private Expressions() {}

  /**
   * All that is wrong with an expression and can be known without running it: syntax, unknown
   * functions and variables, functions that aren't allowed. Empty where it is fine.
   */
  public static List<ExpressionProblem> problems(String text, Sight sight) {
    return ExpressionCheck.problems(text, sight);
  }

  /**
   * Names in a rule that are no field of the payload, with the nearest one that is. Looks only at
   * rules without paths, predicates and functions of their own, such as {@code quantity >= 1}.
   *
   * @param fields all that a payload may have
   */
  public static List<ExpressionProblem> unknownFields(String rule, Collection<String> fields) {
    List<ExpressionProblem> problems = new ArrayList<>();
    for (Scan.Token name : ExpressionCheck.rootFields(rule)) {
      String field = name.text().replace("`", "");
      if (!fields.contains(field)) {
        String message = "the payload has no field " + field;
        String suggestion = Nearest.nearest(field, fields).orElse(null);
        problems.add(new ExpressionProblem(name.start(), message, suggestion));
      }
    }
    return problems;
  }

  /**
   * Names that an expression of a flow reads from its root and that aren't there, with the nearest
   * one that is. What is read elsewhere, behind a path, in a predicate or a function, isn't looked
   * at.
   *
   * @param known the names that are there
   */
  public static List<ExpressionProblem> unknownRoots(String text, Collection<String> known) {
    List<ExpressionProblem> problems = new ArrayList<>();
    for (Scan.Token name : RootNames.of(text)) {
      String field = name.text().replace("`", "");
      if (!known.contains(field)) {
        String message = "no input and no result of an earlier step is called " + field;
        String suggestion = Nearest.nearest(field, known).orElse(null);
        problems.add(new ExpressionProblem(name.start(), message, suggestion));
      }
    }
    return problems;
  }

  /**
   * A rule on payloads.
   *
   * @throws IllegalArgumentException where the text has {@link #problems}
   */
  public static Rule rule(String text) {
    refuseProblems(text, Sight.PAYLOAD);
    return new CompiledRule(new Expression("validates", text));
  }

  /**
   * A transition.
   *
   * @throws IllegalArgumentException where one of its expressions has {@link #problems}
   */
  public static Script script(ScriptText text) {
    for (ScriptText.Refusal fail : text.fails()) {
      refuseProblems(fail.when(), Sight.BEFORE);
      refuseProblems(fail.message(), Sight.BEFORE);
    }
    if (text.state() != null) {
      refuseProblems(text.state(), Sight.BEFORE);
    }
    for (ScriptText.Emit emit : text.emits()) {
      refuseProblems(emit.payload(), Sight.AFTER);
      if (emit.when() != null) {
        refuseProblems(emit.when(), Sight.AFTER);
      }
    }
    if (text.reply() != null) {
      refuseProblems(text.reply(), Sight.AFTER);
    }
    return new CompiledScript(text);
  }

  /**
   * An expression of a flow.
   *
   * @param place where it stands, for messages: {@code steps.reserve.with} for example
   * @throws IllegalArgumentException where the text has {@link #problems}
   */
  public static Formula formula(String place, String text, Sight sight) {
    refuseProblems(text, sight);
    return new CompiledFormula(new Expression(place, text));
  }

  private static void refuseProblems(String text, Sight sight) {
    List<ExpressionProblem> problems = problems(text, sight);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.get(0).message() + "; in: " + text);
    }
  }
}
