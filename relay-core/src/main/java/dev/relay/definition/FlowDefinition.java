package dev.relay.definition;

import dev.relay.definition.FlowStep.Awaited;
import dev.relay.definition.expression.Formula;
import dev.relay.definition.expression.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A checked flow: a process across actors. Immutable, thread-safe.
 *
 * @param name the flow's name
 * @param description what it is for, for people; may be empty
 * @param version the definition's version
 * @param keyField the field of the start's payload that names an instance; absent where every start
 *     is an instance of its own
 * @param start how it starts; absent where it is only expected
 * @param again when an instance may run another time
 * @param deadline how long a run may take; absent where it may take forever
 * @param retry how the failure of a step is retried
 * @param cancelOn events that call a run off
 * @param steps what it does, in order
 * @param reply gives the answer to whoever waits for the outcome; absent for a summary
 * @param source the whole file as JSON, as it goes into the catalog
 */
public record FlowDefinition(
    String name,
    String description,
    String version,
    @Nullable String keyField,
    @Nullable Start start,
    Again again,
    @Nullable Deadline deadline,
    RetryPolicy retry,
    List<Awaited> cancelOn,
    List<FlowStep> steps,
    @Nullable Formula reply,
    JsonNode source) {
  /** Whoever waits for the outcome. */
  public static final String OUTCOME = "outcome";

  /** Whoever waits only until the start is safe. */
  public static final String STARTED = "started";

  public FlowDefinition {
    cancelOn = List.copyOf(cancelOn);
    steps = List.copyOf(steps);
  }

  /** When an instance that has run may run another time. */
  public enum Again {
    /** Never: a repeated start gets the outcome of the first. */
    NEVER,
    /** Where the last run was not done. */
    FAILED,
    /** Where the last run is over. */
    OVER,
    /** Where the last run is over, and a start that comes before that waits for it. */
    NEXT,
    /** At any time: a run that isn't over makes way. */
    RESTART
  }

  /**
   * How a flow starts.
   *
   * @param event a command of the flow's own, or an event of an actor
   * @param command whether it is a command
   * @param keyField the field of an event's payload that names the instance, where it isn't the
   *     flow's own
   * @param where which events start it; absent where all do
   * @param payloadSchema JSON Schema of a command's payload; absent for an event
   * @param resultSchema JSON Schema of the answer, where one is declared
   * @param rules conditions on a command's payload
   * @param waits what the sender of a command waits for: {@link #OUTCOME}, {@link #STARTED} or a
   *     step's name
   * @param timeout how long it waits
   */
  public record Start(
      String event,
      boolean command,
      @Nullable String keyField,
      @Nullable Formula where,
      @Nullable JsonNode payloadSchema,
      @Nullable JsonNode resultSchema,
      List<Rule> rules,
      String waits,
      Duration timeout) {
    public Start {
      rules = List.copyOf(rules);
    }
  }

  /** How long a run may take, and what happens then: compensate, fail or pause. */
  public record Deadline(Duration within, FlowStep.Then then) {}

  /** Whether it isn't run but only expected of others, to be checked against the traffic. */
  public boolean expected() {
    return start == null;
  }

  /** Every step, those within branches after the branch. */
  public List<FlowStep> allSteps() {
    List<FlowStep> all = new ArrayList<>();
    collect(steps, all);
    return List.copyOf(all);
  }

  private static void collect(List<FlowStep> steps, List<FlowStep> all) {
    for (FlowStep step : steps) {
      all.add(step);
      if (step instanceof FlowStep.Branch branch) {
        branch.ways().forEach(way -> collect(way.steps(), all));
      }
    }
  }
}
