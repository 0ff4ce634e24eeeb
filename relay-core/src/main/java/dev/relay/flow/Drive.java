package dev.relay.flow;

import dev.relay.definition.FlowDefinition;
import dev.relay.definition.FlowStep;
import dev.relay.definition.FlowStep.Then;
import dev.relay.definition.RetryPolicy;
import dev.relay.definition.expression.ExpressionException;
import dev.relay.failure.ErrorCode;
import dev.relay.flow.FlowState.Arrived;
import dev.relay.flow.FlowState.Ending;
import dev.relay.flow.FlowState.Owed;
import dev.relay.flow.FlowState.Pending;
import dev.relay.flow.FlowState.Trouble;
import dev.relay.message.Json;
import dev.relay.turn.StepTurn;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One turn of a flow: does steps, one after the other, until the run is over, rests, or has to be
 * made durable before it may go on. Used by one thread.
 *
 * <p>Several steps share one commit. That is safe because a command is sent under a request id that
 * follows from run and step: if this turn runs again, it gets the recorded answers and goes the
 * same way. Answers that are recorded nowhere, of queries and refusals, might be others the next
 * time; so after one of them ({@code loose}) nothing more is commanded before a commit.
 */
final class Drive {
  /** After so long a turn ends, so that others get a word in; chosen to be felt by nobody. */
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private final FlowDefinition flow;
  private final Program program;
  private final FlowState state;
  private final StepTurn turn;
  private final Messenger messenger;
  private final FlowMeters meters;
  private final InstantSource clock;
  private final Instant begun;
  private boolean loose;

  /**
   * @param loose whether this turn follows from something that might not come the same way again
   */
  Drive(FlowActor.Parts parts, FlowState state, StepTurn turn, boolean loose) {
    this.flow = parts.flow();
    this.program = parts.program();
    this.meters = parts.meters();
    this.clock = parts.clock();
    this.state = state;
    this.turn = turn;
    this.messenger = new Messenger(turn);
    this.loose = loose;
    this.begun = clock.instant();
  }

  /** Does what can be done, then honours what was wished meanwhile. */
  void run() {
    boolean on = state.status() != FlowStatus.PAUSED;
    while (on && !state.over()) {
      try {
        on = state.status() == FlowStatus.COMPENSATING ? undoLast() : next();
      } catch (ExpressionException broken) {
        pause(place(), ErrorCode.HANDLER_FAILED.code(), null, String.valueOf(broken.getMessage()));
        on = false;
      }
    }
    String wish = state.wish;
    if (wish != null && !state.over()) {
      state.wish = null;
      new Decisions(this).honour(Wish.of(wish), "a decision that waited");
    }
  }

  private String place() {
    String at = state.at;
    return at == null ? "end" : at;
  }

  /** Does the next step; answers whether the turn goes on. */
  private boolean next() {
    String at = state.at;
    if (at == null) {
      return finish();
    }
    FlowStep step = program.step(at);
    if (step == null) {
      String message = "this version of the flow has no step " + at;
      pause(at, ErrorCode.DEFINITION_INVALID.code(), null, message);
      return false;
    }
    if (step instanceof FlowStep.Send send) {
      return new SendStep(this, send).run();
    }
    Track.begin(state, at, clock.instant());
    if (step instanceof FlowStep.Wait wait) {
      return await(wait);
    }
    if (step instanceof FlowStep.Delay delay) {
      return rest(delay.delay());
    }
    if (step instanceof FlowStep.Branch branch) {
      return branch(branch);
    }
    if (step instanceof FlowStep.Fail fail) {
      String message = text(fail.message().value(state.root(), Map.of(), now()));
      giveUp(fail.then(), at, fail.code(), message, "step " + at);
      return true;
    }
    Track.end(state, "done", clock.instant(), null);
    state.at = null;
    return true;
  }

  private boolean finish() {
    if (flow.reply() != null) {
      state.reply = flow.reply().value(state.root(), key(), now());
    }
    end(FlowStatus.DONE);
    return false;
  }

  private boolean branch(FlowStep.Branch branch) {
    int taken = -1;
    for (int i = 0; taken < 0 && i < branch.ways().size(); i++) {
      var when = branch.ways().get(i).when();
      if (when == null || when.holds(state.root(), key(), now())) {
        taken = i;
      }
    }
    Track.end(state, "done", clock.instant(), taken < 0 ? "no way" : "way " + (taken + 1));
    state.at = program.way(branch.name(), taken);
    return true;
  }

  private boolean await(FlowStep.Wait wait) {
    for (Arrived event : state.arrived) {
      if (matches(wait, event)) {
        state.arrived.remove(event);
        done(wait.as(), event.payload(), "done", event.event());
        return true;
      }
    }
    return rest(wait.within());
  }

  private boolean matches(FlowStep.Wait wait, Arrived event) {
    for (FlowStep.Awaited awaited : wait.events()) {
      if (awaited.event().equals(event.event()) && holds(awaited, event.payload())) {
        return true;
      }
    }
    return false;
  }

  boolean holds(FlowStep.Awaited awaited, JsonNode payload) {
    Map<String, JsonNode> variables = new HashMap<>(key());
    variables.put("event", payload);
    return awaited.where() == null || awaited.where().holds(state.root(), variables, now());
  }

  private boolean rest(@Nullable Duration within) {
    if (state.status() == FlowStatus.WAITING) {
      return false;
    }
    state.status(FlowStatus.WAITING);
    if (within != null) {
      wakeAt(clock.instant().plus(within));
    }
    return false;
  }

  /** The present step is over; the next one is next. */
  void done(@Nullable String as, @Nullable JsonNode result, String status, @Nullable String note) {
    if (as != null) {
      state.results.set(as, result == null ? Json.mapper().nullNode() : result);
    }
    Track.end(state, status, clock.instant(), note).ifPresent(meters::step);
    calm();
    state.pending = null;
    state.items = null;
    state.partial = null;
    state.error = null;
    state.status(FlowStatus.RUNNING);
    state.at = program.behind(place());
  }

  /** The timer of the present step was heard. */
  void timeIsUp() {
    String at = state.at;
    state.timer = false;
    FlowStep step = at == null ? null : program.step(at);
    if (state.pending != null || state.status() == FlowStatus.COMPENSATING) {
      goOn();
    } else if (step instanceof FlowStep.Delay) {
      done(null, null, "done", null);
      run();
    } else if (step instanceof FlowStep.Wait wait) {
      inVain(wait);
      run();
    }
  }

  private void inVain(FlowStep.Wait wait) {
    String message = "no " + wait.events().get(0).event() + " came in time";
    if (wait.onTimeout() == Then.CONTINUE) {
      ObjectNode result = Json.mapper().createObjectNode().put("timedOut", true);
      done(wait.as(), result, "timed_out", message);
    } else {
      Track.end(state, "timed_out", clock.instant(), message);
      giveUp(wait.onTimeout(), wait.name(), "TIMED_OUT", message, "step " + wait.name());
    }
  }

  /** What follows where the run can't go the straight way. */
  void giveUp(Then then, String step, @Nullable String reason, String message, String by) {
    if (then == Then.PAUSE) {
      pause(step, ErrorCode.REFUSED.code(), reason, message);
    } else if (then == Then.FAIL) {
      state.ending = new Ending(FlowStatus.FAILED.text(), reason, message, step, by);
      end(FlowStatus.FAILED);
    } else {
      undo(new Ending(FlowStatus.COMPENSATED.text(), reason, message, step, by));
    }
  }

  /** From now on everything is undone, last first; what may have happened too. */
  void undo(Ending ending) {
    Pending pending = state.pending;
    if (pending != null && pending.uncertain()) {
      owe(pending.step(), pending.index(), true);
    }
    if (Track.isOpen(state)) {
      Track.end(state, "given_up", clock.instant(), ending.message());
    }
    calm();
    state.ending = ending;
    state.pending = null;
    state.items = null;
    state.partial = null;
    state.error = null;
    state.at = null;
    state.resumes = null;
    state.status(FlowStatus.COMPENSATING);
  }

  /** Notes that a step has to be undone if the run is given up. */
  void owe(String step, int index, boolean uncertain) {
    FlowStep known = program.step(step);
    if (known instanceof FlowStep.Send send && send.undo() != null) {
      ArrayNode items = state.items;
      JsonNode item = items == null ? null : items.get(index);
      state.owed.add(new Owed(step, index, item, uncertain));
    }
  }

  private boolean undoLast() {
    Ending ending = state.ending;
    if (state.owed.isEmpty()) {
      end(ending == null ? FlowStatus.COMPENSATED : FlowStatus.of(ending.status()));
      return false;
    }
    return new UndoStep(this, state.owed.get(state.owed.size() - 1)).run();
  }

  /** The run is over. */
  void end(FlowStatus how) {
    calm();
    if (state.deadline != null) {
      turn.cancel(FlowActor.DEADLINE_TIMER);
    }
    state.status(how);
    state.at = null;
    state.endedAt = clock.instant();
    state.arrived.clear();
    state.driving = false;
    state.wish = null;
    meters.ended(how);
  }

  /** The run stands still until somebody decides. */
  void pause(String step, String code, @Nullable String reason, String message) {
    calm();
    boolean undoing = state.status() == FlowStatus.COMPENSATING;
    state.resumes = (undoing ? FlowStatus.COMPENSATING : FlowStatus.RUNNING).text();
    state.error = new Trouble(step, code, reason, message, clock.instant());
    state.status(FlowStatus.PAUSED);
    meters.paused(turn.self(), state.error);
  }

  /** Commits what is known, and has another turn go on from there. */
  boolean goOn() {
    state.driving = true;
    state.drive++;
    ObjectNode payload = address().put("why", "go");
    turn.emit(FlowNames.next(flow.name()), payload);
    return false;
  }

  /** Whether a command has to wait for a commit. */
  boolean mustCommit() {
    return loose || Duration.between(begun, clock.instant()).compareTo(LONGEST) > 0;
  }

  void loosen() {
    loose = true;
  }

  void wakeAt(Instant time) {
    turn.sendAt(
        time, FlowNames.next(flow.name()), address().put("why", "timer"), FlowActor.STEP_TIMER);
    state.timer = true;
  }

  void setDeadline(Duration within) {
    Instant time = clock.instant().plus(within);
    state.deadline = time;
    ObjectNode payload = address().put("why", "deadline");
    turn.sendAt(time, FlowNames.next(flow.name()), payload, FlowActor.DEADLINE_TIMER);
  }

  private ObjectNode address() {
    return Json.mapper()
        .createObjectNode()
        .put(FlowNames.ID, turn.self().key())
        .put("run", state.run)
        .put("drive", state.drive);
  }

  /** Calls the present step's timer off. */
  void calm() {
    if (state.timer) {
      turn.cancel(FlowActor.STEP_TIMER);
      state.timer = false;
    }
  }

  RetryPolicy retry(FlowStep.Send step) {
    return step.retry() == null ? flow.retry() : step.retry();
  }

  Map<String, JsonNode> key() {
    return Map.of("key", Json.mapper().getNodeFactory().stringNode(turn.self().key()));
  }

  /** The time of the message that drives: the same however often this turn runs. */
  Instant now() {
    return turn.message().headers().time();
  }

  FlowState state() {
    return state;
  }

  FlowDefinition flow() {
    return flow;
  }

  Program program() {
    return program;
  }

  Messenger messenger() {
    return messenger;
  }

  StepTurn turn() {
    return turn;
  }

  InstantSource clock() {
    return clock;
  }

  private static String text(@Nullable JsonNode value) {
    return value == null ? "" : value.isString() ? value.stringValue() : value.toString();
  }
}
