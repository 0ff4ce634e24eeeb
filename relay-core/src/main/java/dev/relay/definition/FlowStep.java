package dev.relay.definition;

import dev.relay.definition.expression.Formula;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A step of a flow. Immutable. */
public sealed interface FlowStep {
  /** The step's name, unique within its flow. */
  String name();

  /** What it does, for people; may be empty. */
  String description();

  /** What follows from a refusal by the actor that was asked, or from a wait that was in vain. */
  enum Then {
    /** What was done is undone, last first, and the flow ends as compensated. */
    COMPENSATE,
    /** The flow goes on with the next step. */
    CONTINUE,
    /** The flow ends as failed; nothing is undone. */
    FAIL,
    /** The flow stands still until somebody decides. */
    PAUSE
  }

  /**
   * A message to an actor.
   *
   * @param event a command or a query; its actor is the one that handles it
   * @param tells whether nobody waits for an answer
   * @param with gives the payload
   * @param timeout how long an answer may take; absent for the catalog's own
   */
  record Sending(String event, boolean tells, Formula with, @Nullable Duration timeout) {}

  /**
   * What undoes a step.
   *
   * @param onRefused what a refusal means: {@code CONTINUE} or {@code PAUSE}
   */
  record Undo(Sending sending, Then onRefused) {}

  /**
   * Asks or tells an actor, once or for each item of a list.
   *
   * @param as the name of the result; absent where nobody reads it
   * @param forEach gives the list; absent where the step is done once
   * @param when does the step only where this holds; absent where it is always done
   * @param retry how a failure is retried; absent for the flow's own
   * @param onRefused what a refusal means, by the actor's word for it; {@code ""} for all others
   */
  record Send(
      String name,
      String description,
      Sending sending,
      @Nullable String as,
      @Nullable Formula forEach,
      @Nullable Formula when,
      @Nullable RetryPolicy retry,
      Map<String, Then> onRefused,
      @Nullable Undo undo)
      implements FlowStep {
    public Send {
      onRefused = Map.copyOf(onRefused);
    }

    /** What a refusal with this word means. */
    public Then onRefused(@Nullable String reason) {
      Then byReason = reason == null ? null : onRefused.get(reason);
      return byReason != null ? byReason : onRefused.getOrDefault("", Then.COMPENSATE);
    }
  }

  /**
   * An event that a flow takes notice of.
   *
   * @param keyField the field of its payload that names the flow's instance; absent for the flow's
   *     own key
   * @param where which of them; absent where any will do
   */
  record Awaited(String event, @Nullable String keyField, @Nullable Formula where) {}

  /**
   * Waits for one of some events.
   *
   * @param as the name of the result: the event's payload
   * @param within how long; absent where it may take forever
   * @param onTimeout what follows where none came in time
   */
  record Wait(
      String name,
      String description,
      List<Awaited> events,
      @Nullable String as,
      @Nullable Duration within,
      Then onTimeout)
      implements FlowStep {
    public Wait {
      events = List.copyOf(events);
    }
  }

  /** Waits for a time. */
  record Delay(String name, String description, Duration delay) implements FlowStep {}

  /**
   * One way of a branch.
   *
   * @param when absent for the way that is taken where no other is
   */
  record Way(@Nullable Formula when, List<FlowStep> steps) {
    public Way {
      steps = List.copyOf(steps);
    }
  }

  /** Goes one of several ways: the first whose condition holds, or none. */
  record Branch(String name, String description, List<Way> ways) implements FlowStep {
    public Branch {
      ways = List.copyOf(ways);
    }
  }

  /** Ends the flow as done, before its last step. */
  record End(String name, String description) implements FlowStep {}

  /**
   * Ends the flow with a refusal of its own.
   *
   * @param code the refusal's stable word
   * @param message gives the sentence for people
   * @param then {@code COMPENSATE} or {@code FAIL}
   */
  record Fail(String name, String description, String code, Formula message, Then then)
      implements FlowStep {}
}
