package dev.relay.definition.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The expressions of a handler's {@code do:}, as written. Immutable.
 *
 * @param fails refusals, looked at in order before anything else
 * @param state gives the new state; absent where the state stays as it is
 * @param cancels timers to call off, in order, before anything is emitted
 * @param emits events to emit, now or later, in order
 * @param reply gives the reply; absent where there is none
 */
public record ScriptText(
    List<Refusal> fails,
    @Nullable String state,
    List<Cancel> cancels,
    List<Emit> emits,
    @Nullable String reply) {
  public ScriptText {
    fails = List.copyOf(fails);
    cancels = List.copyOf(cancels);
    emits = List.copyOf(emits);
  }

  /** A script without timers. */
  public ScriptText(
      List<Refusal> fails, @Nullable String state, List<Emit> emits, @Nullable String reply) {
    this(fails, state, List.of(), emits, reply);
  }

  /**
   * A timer to call off.
   *
   * @param name the timer's name, taken as it is
   * @param when the condition; absent where it is always called off
   */
  public record Cancel(String name, @Nullable String when) {}

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
   * @param later how much later; absent where it is emitted at once
   */
  public record Emit(
      String event, String payload, @Nullable String when, Script.@Nullable Later later) {
    /** An event to emit at once. */
    public Emit(String event, String payload, @Nullable String when) {
      this(event, payload, when, null);
    }
  }
}
