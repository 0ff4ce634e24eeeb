package dev.relay.flow;

import dev.relay.definition.FlowStep;
import dev.relay.definition.FlowStep.Then;
import dev.relay.definition.expression.Formula;
import dev.relay.flow.FlowState.Pending;
import dev.relay.message.Json;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Does a step that sends, once or for each item of a list. Used by one thread. */
final class SendStep {
  private final Drive drive;
  private final FlowState state;
  private final FlowStep.Send step;

  SendStep(Drive drive, FlowStep.Send step) {
    this.drive = drive;
    this.state = drive.state();
    this.step = step;
  }

  /** Answers whether the turn goes on with the next step. */
  boolean run() {
    Track.begin(state, step.name(), drive.clock().instant());
    Formula when = step.when();
    if (state.pending == null && state.items == null && when != null) {
      if (!when.holds(state.root(), drive.key(), drive.now())) {
        drive.done(step.as(), null, "skipped", "its condition doesn't hold");
        return true;
      }
    }
    return step.forEach() == null ? once() : each(step.forEach());
  }

  private boolean once() {
    Messenger.Result result = send(0, drive.key());
    if (result instanceof Messenger.Done done) {
      drive.done(step.as(), done.data(), "done", null);
      return true;
    }
    if (result instanceof Messenger.Refused refused && goesOn(refused)) {
      drive.done(step.as(), asResult(refused), "refused", refused.message());
      return true;
    }
    return state.status() == FlowStatus.COMPENSATING;
  }

  private boolean each(Formula list) {
    ArrayNode items = state.items;
    if (items == null) {
      JsonNode given = list.value(state.root(), drive.key(), drive.now());
      items = listOf(given);
      state.items = items;
      state.partial = Json.mapper().createArrayNode();
    }
    ArrayNode partial = state.partial;
    while (partial != null && partial.size() < items.size()) {
      int index = partial.size();
      Map<String, JsonNode> variables = new HashMap<>(drive.key());
      variables.put("item", items.get(index));
      variables.put("index", Json.mapper().getNodeFactory().numberNode(index));
      Messenger.Result result = send(index, variables);
      if (result instanceof Messenger.Done done) {
        JsonNode data = done.data();
        partial.add(data == null ? Json.mapper().nullNode() : data);
      } else if (result instanceof Messenger.Refused refused && goesOn(refused)) {
        partial.add(asResult(refused));
      } else {
        return state.status() == FlowStatus.COMPENSATING;
      }
      Track.count(state, 0, 1);
      state.pending = null;
    }
    drive.done(step.as(), partial, "done", null);
    return true;
  }

  /** A single value counts as a list of one, as the expression language has it. */
  private static ArrayNode listOf(@Nullable JsonNode given) {
    if (given instanceof ArrayNode array) {
      return array;
    }
    ArrayNode list = Json.mapper().createArrayNode();
    if (given != null && !given.isNull()) {
      list.add(given);
    }
    return list;
  }

  private boolean goesOn(Messenger.Refused refused) {
    return step.onRefused(refused.reason()) == Then.CONTINUE;
  }

  private static ObjectNode asResult(Messenger.Refused refused) {
    return Json.mapper()
        .createObjectNode()
        .put("refused", refused.reason())
        .put("message", refused.message());
  }

  /**
   * Sends for one item. Where nothing comes of it, the state says what follows.
   *
   * @return absent where the turn ends before anything was sent
   */
  private Messenger.@Nullable Result send(int index, Map<String, JsonNode> variables) {
    boolean query = drive.messenger().isQuery(step.sending().event());
    if (!query && drive.mustCommit()) {
      drive.goOn();
      return null;
    }
    Pending before = state.pending;
    JsonNode payload =
        before != null ? before.payload() : payload(step.sending().with(), variables);
    Messenger.Result result =
        drive
            .messenger()
            .send(
                step.sending(),
                payload,
                FlowNames.requestId(
                    drive.flow().name(), drive.turn().self().key(), state.run, step.name(), index),
                state.correlation);
    Track.count(state, 1, 0);
    take(result, index, payload, query);
    return result;
  }

  private void take(Messenger.Result result, int index, JsonNode payload, boolean query) {
    if (result instanceof Messenger.Done) {
      drive.owe(step.name(), index, false);
      if (query) {
        drive.loosen();
      }
    } else if (result instanceof Messenger.Refused refused) {
      drive.loosen();
      Then then = step.onRefused(refused.reason());
      if (then != Then.CONTINUE) {
        if (then == Then.PAUSE) {
          state.pending = new Pending(step.name(), index, payload, 0, false, null);
        } else {
          state.pending = null;
          Track.end(state, "refused", drive.clock().instant(), refused.message());
        }
        String by = step.sending().event();
        drive.giveUp(then, step.name(), refused.reason(), refused.message(), by);
      }
    } else {
      Retries retries = new Retries(drive, drive.retry(step));
      retries.take(result, step.name(), index, payload, state.pending);
    }
  }

  private JsonNode payload(Formula with, Map<String, JsonNode> variables) {
    JsonNode payload = with.value(state.root(), variables, drive.now());
    return payload == null ? Json.mapper().createObjectNode() : payload;
  }
}
