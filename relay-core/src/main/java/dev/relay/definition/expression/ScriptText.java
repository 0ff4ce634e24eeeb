package dev.relay.definition.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The expressions of a handler's {@code do:}, as written. Immutable.
 *
 * @param fails refusals, looked at in order before anything else
 * @param state gives the new state; absent where the state stays as it is
 * @param emits events to emit, in order
 * @param reply gives the reply; absent where there is none
 */
public record ScriptText(
    List<Refusal> fails, @Nullable String state, List<Emit> emits, @Nullable String reply) {
  public ScriptText {
    fails = List.copyOf(fails);
    emits = List.copyOf(emits);
  }

  /**
   * A refusal.
   *
   * @param when the condition
   * @param code the stable word, taken as it is
   * @param message gives the sentence for people
   */
  public record Refusal(String when, String code, String message) {}

  /**
   * An event to emit.
   *
   * @param event its name
   * @param payload gives its payload
   * @param when the condition; absent where it is always emitted
   */
  public record Emit(String event, String payload, @Nullable String when) {}
}
