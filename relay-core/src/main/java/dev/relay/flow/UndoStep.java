package dev.relay.flow;

import dev.relay.definition.FlowStep;
import dev.relay.definition.FlowStep.Then;
import dev.relay.failure.ErrorCode;
import dev.relay.flow.FlowState.Owed;
import dev.relay.flow.FlowState.Pending;
import dev.relay.message.Json;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Undoes one thing that was done. Used by one thread. */
final class UndoStep {
  /** What the name of an undone step begins with, in the trail and in request ids. */
  static final String PREFIX = "undo ";

  private final Drive drive;
  private final FlowState state;
  private final Owed owed;

  UndoStep(Drive drive, Owed owed) {
    this.drive = drive;
    this.state = drive.state();
    this.owed = owed;
  }

  /** Answers whether the turn goes on. */
  boolean run() {
    String name = PREFIX + owed.step();
    FlowStep step = drive.program().step(owed.step());
    Track.begin(state, name, drive.clock().instant());
    if (!(step instanceof FlowStep.Send send) || send.undo() == null) {
      String message = "this version of the flow doesn't say how to undo " + owed.step();
      drive.pause(name, ErrorCode.DEFINITION_INVALID.code(), null, message);
      return false;
    }
    FlowStep.Undo undo = send.undo();
    boolean query = drive.messenger().isQuery(undo.sending().event());
    if (!query && drive.mustCommit()) {
      return drive.goOn();
    }
    Pending before = state.pending;
    JsonNode payload = before != null ? before.payload() : payload(undo);
    Messenger.Result result =
        drive
            .messenger()
            .send(
                undo.sending(),
                payload,
                FlowNames.requestId(
                    drive.flow().name(), drive.turn().self().key(), state.run, name, owed.index()),
                state.correlation);
    Track.count(state, 1, 0);
    return take(result, undo, send, payload);
  }

  private boolean take(
      Messenger.Result result, FlowStep.Undo undo, FlowStep.Send step, JsonNode payload) {
    String name = PREFIX + owed.step();
    if (result instanceof Messenger.Done) {
      over("done", null);
      return true;
    }
    if (result instanceof Messenger.Refused refused) {
      drive.loosen();
      if (undo.onRefused() == Then.CONTINUE) {
        over("refused", refused.message());
        return true;
      }
      drive.pause(name, refused.code(), refused.reason(), refused.message());
      return false;
    }
    new Retries(drive, drive.retry(step)).take(result, name, owed.index(), payload, state.pending);
    return false;
  }

  /** Nothing is owed for it any more. */
  void over(String status, @Nullable String note) {
    Track.end(state, status, drive.clock().instant(), note);
    drive.calm();
    state.pending = null;
    state.error = null;
    state.owed.remove(state.owed.size() - 1);
  }

  private JsonNode payload(FlowStep.Undo undo) {
    Map<String, JsonNode> variables = new HashMap<>(drive.key());
    if (owed.item() != null) {
      variables.put("item", owed.item());
      variables.put("index", Json.mapper().getNodeFactory().numberNode(owed.index()));
    }
    JsonNode payload = undo.sending().with().value(state.root(), variables, drive.now());
    return payload == null ? Json.mapper().createObjectNode() : payload;
  }
}
