package dev.relay.flow;

import dev.relay.actor.RefusedException;
import dev.relay.definition.FlowDefinition;
import dev.relay.definition.FlowStep;
import dev.relay.definition.FlowStep.Then;
import dev.relay.flow.FlowState.Ending;
import dev.relay.flow.FlowState.Pending;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What people, events and the deadline decide about a run. Used by one thread. */
final class Decisions {
  private final Drive drive;
  private final FlowState state;

  Decisions(Drive drive) {
    this.drive = drive;
    this.state = drive.state();
  }

  /**
   * A decision: at once where the state says all that was done, else as soon as it does.
   *
   * @param by who decided, for the record
   */
  void decide(Wish wish, String by) {
    if (state.driving) {
      state.wish = wish.text();
    } else {
      honour(wish, by);
    }
  }

  /** A decision to undo, refused where that is done already. */
  void undo(Wish wish, String by) {
    if (undoing()) {
      throw refuse("UNDOING", "is being undone already; resume, skip, or cancel --leave");
    }
    decide(wish, by);
  }

  private boolean undoing() {
    return state.status() == FlowStatus.COMPENSATING
        || FlowStatus.COMPENSATING.text().equals(state.resumes);
  }

  void honour(Wish wish, String by) {
    if (wish == Wish.LEAVE) {
      state.ending =
          new Ending(FlowStatus.CANCELLED.text(), "CANCELLED", "called off", state.at, by);
      drive.end(FlowStatus.CANCELLED);
    } else if (undoing()) {
      return;
    } else if (wish == Wish.DEADLINE) {
      deadline();
    } else {
      boolean cancelled = wish == Wish.CANCEL;
      FlowStatus end = cancelled ? FlowStatus.CANCELLED : FlowStatus.COMPENSATED;
      String reason = cancelled ? "CANCELLED" : "COMPENSATED";
      drive.undo(new Ending(end.text(), reason, "called off by " + by, state.at, by));
      settle();
    }
  }

  private void deadline() {
    FlowDefinition.Deadline deadline = drive.flow().deadline();
    Then then = deadline == null ? Then.COMPENSATE : deadline.then();
    String step = state.at == null ? "end" : state.at;
    String message = "not done by its deadline; it was at " + step;
    drive.giveUp(then, step, "DEADLINE", message, "deadline");
    if (state.status() == FlowStatus.COMPENSATING) {
      settle();
    }
  }

  /** Nothing left to undo needs no further turn. */
  private void settle() {
    Ending ending = state.ending;
    if (state.owed.isEmpty() && ending != null) {
      drive.end(FlowStatus.of(ending.status()));
    } else if (!state.driving) {
      drive.goOn();
    }
  }

  /** Repeats what failed, with all attempts ahead of it. */
  void resume() {
    refuseWhileDriving();
    if (state.status() != FlowStatus.PAUSED && state.pending == null) {
      throw refuse("NOT_PAUSED", "is " + state.status + "; only a paused run is resumed");
    }
    Pending pending = state.pending;
    if (pending != null) {
      state.pending =
          new Pending(
              pending.step(), pending.index(), pending.payload(), 0, pending.uncertain(), null);
    }
    drive.calm();
    state.error = null;
    if (state.resumes != null) {
      state.status = state.resumes;
      state.resumes = null;
    }
    drive.goOn();
  }

  /**
   * Goes on as if the present step were done.
   *
   * @param step the step that is meant; absent for whichever is next
   * @param result what later steps find as its result
   */
  void skip(@Nullable String step, @Nullable JsonNode result) {
    refuseWhileDriving();
    boolean undoing = undoing();
    String at = undoing ? UndoStep.PREFIX + state.owed.get(state.owed.size() - 1).step() : state.at;
    if (at == null) {
      throw refuse("NOTHING_TO_SKIP", "is " + state.status + " and at no step");
    }
    if (step != null && !step.equals(at)) {
      throw refuse("NOT_THE_STEP", "is at " + at + ", not at " + step);
    }
    if (undoing) {
      new UndoStep(drive, state.owed.get(state.owed.size() - 1)).over("skipped", "by a person");
      state.status(FlowStatus.COMPENSATING);
    } else {
      Pending pending = state.pending;
      if (pending != null && pending.uncertain()) {
        drive.owe(pending.step(), pending.index(), true);
      }
      Track.begin(state, at, drive.clock().instant());
      drive.done(resultName(at), result, "skipped", "by a person");
    }
    state.resumes = null;
    drive.goOn();
  }

  private @Nullable String resultName(String at) {
    FlowStep step = drive.program().step(at);
    if (step instanceof FlowStep.Send send) {
      return send.as();
    }
    return step instanceof FlowStep.Wait wait ? wait.as() : null;
  }

  private void refuseWhileDriving() {
    if (state.driving) {
      throw refuse("BUSY", "is doing its steps just now; ask again in a moment");
    }
  }

  RefusedException refuse(String reason, String what) {
    return drive.turn().refuse(reason, drive.turn().self() + " " + what);
  }
}
