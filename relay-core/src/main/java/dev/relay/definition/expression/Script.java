package dev.relay.definition.expression;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A declarative transition, compiled once from a handler's {@code do:}. Thread-safe and pure. */
public interface Script {
  /**
   * Runs the transition.
   *
   * @param input what it may see
   * @throws ExpressionException where an expression can't be evaluated or goes beyond its bounds
   */
  Outcome run(Input input);

  /**
   * What a script sees.
   *
   * @param state the state before the turn; absent on the instance's first
   * @param payload the message's payload
   * @param key the instance's key
   * @param now the time of the turn
   */
  record Input(@Nullable JsonNode state, JsonNode payload, String key, Instant now) {}

  /** What a script says. */
  sealed interface Outcome {}

  /**
   * The transition's effects.
   *
   * @param state the new state; absent where the script leaves it as it is
   * @param reply the reply; absent where the script gives none
   * @param emits what it emits, in order
   */
  record Done(@Nullable JsonNode state, @Nullable JsonNode reply, List<Emission> emits)
      implements Outcome {
    public Done {
      emits = List.copyOf(emits);
    }
  }

  /**
   * A refusal by one of the script's {@code fail} conditions.
   *
   * @param code the refusal's stable word
   * @param message the sentence for people
   */
  record Fail(String code, String message) implements Outcome {}

  /** One emitted event. */
  record Emission(String event, JsonNode payload) {}
}
