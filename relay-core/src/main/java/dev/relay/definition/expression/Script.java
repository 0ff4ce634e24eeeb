package dev.relay.definition.expression;

import java.time.Duration;
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
   * @param cancels the names of the timers it calls off, before it emits
   */
  record Done(
      @Nullable JsonNode state,
      @Nullable JsonNode reply,
      List<Emission> emits,
      List<String> cancels)
      implements Outcome {
    public Done {
      emits = List.copyOf(emits);
      cancels = List.copyOf(cancels);
    }

    /** The effects of a script that calls no timer off. */
    public Done(@Nullable JsonNode state, @Nullable JsonNode reply, List<Emission> emits) {
      this(state, reply, emits, List.of());
    }
  }

  /**
   * When a timer fires.
   *
   * @param after how long after the turn
   * @param name the timer's name; absent where it has none
   */
  record Later(Duration after, @Nullable String name) {}

  /**
   * A refusal by one of the script's {@code fail} conditions.
   *
   * @param code the refusal's stable word
   * @param message the sentence for people
   */
  record Fail(String code, String message) implements Outcome {}

  /**
   * One emitted event.
   *
   * @param later where a timer emits it; absent where it is emitted at once
   */
  record Emission(String event, JsonNode payload, @Nullable Later later) {}
}
