package dev.relay.definition.expression;

import com.dashjoin.jsonata.Jsonata.Frame;
import dev.relay.message.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A transition out of compiled expressions, evaluated in the order fail, state, cancel, emit,
 * reply.
 */
final class CompiledScript implements Script {
  private record Refusal(Expression when, String code, Expression message) {}

  private record Cancel(String name, @Nullable Expression when) {}

  private record Emit(
      String event, Expression payload, @Nullable Expression when, @Nullable Later later) {}

  private final List<Refusal> fails = new ArrayList<>();
  private final @Nullable Expression state;
  private final List<Cancel> cancels = new ArrayList<>(0);
  private final List<Emit> emits = new ArrayList<>();
  private final @Nullable Expression reply;

  CompiledScript(ScriptText text) {
    for (ScriptText.Refusal fail : text.fails()) {
      String place = "do.fail[" + fails.size() + "].";
      Expression when = new Expression(place + "when", fail.when());
      fails.add(new Refusal(when, fail.code(), new Expression(place + "message", fail.message())));
    }
    state = optional("do.state", text.state());
    for (ScriptText.Cancel cancel : text.cancels()) {
      String place = "do.cancel[" + cancels.size() + "].when";
      cancels.add(new Cancel(cancel.name(), optional(place, cancel.when())));
    }
    for (ScriptText.Emit emit : text.emits()) {
      String place = "do.emit[" + emits.size() + "].";
      Expression when = optional(place + "when", emit.when());
      Expression payload = new Expression(place + "payload", emit.payload());
      emits.add(new Emit(emit.event(), payload, when, emit.later()));
    }
    reply = optional("do.reply", text.reply());
  }

  private static @Nullable Expression optional(String place, @Nullable String text) {
    return text == null ? null : new Expression(place, text);
  }

  @Override
  public Outcome run(Input input) {
    return new Evaluation(input).outcome();
  }

  /** One run: the documents in the language's terms, and the frame that counts the work. */
  private final class Evaluation {
    private final JsonNode oldState;
    private final JsonNode payload;
    private final Object root;
    private final Object payloadValue;
    private final Frame frame = Expression.metered();
    private @Nullable JsonNode newState;
    private Object newStateValue;

    Evaluation(Input input) {
      JsonNode given = input.state();
      this.oldState = given == null ? Json.mapper().createObjectNode() : given;
      this.payload = input.payload();
      this.root = Values.fromJson(oldState);
      this.payloadValue = Values.fromJson(payload);
      this.newStateValue = root;
      frame.bind("payload", payloadValue);
      frame.bind("key", input.key());
      SafeFunctions.clock(frame, input.now());
    }

    Outcome outcome() {
      for (Refusal fail : fails) {
        if (holds(fail.when())) {
          return new Fail(fail.code(), sentence(fail.message()));
        }
      }
      if (state != null) {
        newState = required(state);
        newStateValue = Values.fromJson(newState);
      }
      frame.bind("state", newStateValue);
      List<String> cancelled = cancelled();
      List<Emission> emissions = emissions();
      return new Done(newState, reply == null ? null : required(reply), emissions, cancelled);
    }

    private List<String> cancelled() {
      List<String> names = new ArrayList<>(cancels.size());
      for (Cancel cancel : cancels) {
        if (cancel.when() == null || holds(cancel.when())) {
          names.add(cancel.name());
        }
      }
      return names;
    }

    private List<Emission> emissions() {
      List<Emission> emissions = new ArrayList<>(emits.size());
      for (Emit emit : emits) {
        if (emit.when() == null || holds(emit.when())) {
          emissions.add(new Emission(emit.event(), required(emit.payload()), emit.later()));
        }
      }
      return emissions;
    }

    /** Strict on purpose: in the language itself a list of [0] is false and the text "no" true. */
    private boolean holds(Expression condition) {
      Object result = condition.evaluate(root, frame);
      if (result == null || result instanceof Boolean) {
        return Boolean.TRUE.equals(result);
      }
      throw condition.failure("a condition is true or false, not " + Values.toJson(result));
    }

    private String sentence(Expression message) {
      JsonNode result = required(message);
      return result.isString() ? result.stringValue() : result.toString();
    }

    private JsonNode required(Expression expression) {
      JsonNode result = document(expression);
      if (result == null) {
        throw expression.failure("gives nothing; a path that finds nothing is absent, not null");
      }
      return result;
    }

    /** The documents that came in go out as they are, without a copy. */
    private @Nullable JsonNode document(Expression expression) {
      Object result = expression.evaluate(root, frame);
      if (result == payloadValue) {
        return payload;
      }
      if (result == newStateValue && newState != null) {
        return newState;
      }
      if (result == root) {
        return oldState;
      }
      try {
        return Values.toJson(result);
      } catch (ExpressionException refused) {
        throw expression.failure(String.valueOf(refused.getMessage()));
      }
    }
  }
}
