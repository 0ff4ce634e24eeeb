package dev.relay.turn;

import dev.relay.definition.ActorDefinition;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.ActorAddress;
import dev.relay.message.Json;
import dev.relay.schema.DocumentSchema;
import dev.relay.schema.Violation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How an actor's states rest in the store: as JSON that carries its version in {@value #VERSION},
 * where that is another one than 1. Immutable, thread-safe.
 */
final class StateForm {
  /** The field with the version; no field of an author's begins with a dollar sign. */
  static final String VERSION = "$state_version";

  /** One step from the version before. */
  @FunctionalInterface
  interface Step {
    JsonNode next(JsonNode state, String key) throws Throwable;
  }

  private final ActorDefinition definition;
  private final DocumentSchema schema;
  private final Map<Integer, Step> steps;

  /**
   * @param steps by the version they make
   */
  StateForm(ActorDefinition definition, DocumentSchema schema, Map<Integer, Step> steps) {
    this.definition = definition;
    this.schema = schema;
    this.steps = Map.copyOf(steps);
  }

  /** A stored state without its version, for people. */
  static JsonNode plain(JsonNode stored) {
    return stored.has(VERSION) ? ((ObjectNode) stored.deepCopy()).without(VERSION) : stored;
  }

  /**
   * A state as handlers know it.
   *
   * @throws RelayException {@code STATE_UNREADABLE} where it is of a newer version, a step fails,
   *     or the result breaks the schema
   */
  @Nullable StateValue load(ActorAddress address, @Nullable String text) {
    if (text == null || text.equals("null")) {
      return null;
    }
    JsonNode state = current(address, Json.mapper().readTree(text));
    List<Violation> wrong = schema.check(state).violations();
    if (!wrong.isEmpty()) {
      Violation first = wrong.get(0);
      throw unreadable(
              "the state of "
                  + address
                  + " doesn't fit its schema: "
                  + (first.pointer().isEmpty() ? "it" : first.pointer())
                  + " "
                  + first.message())
          .violations(wrong)
          .remedy(
              "raise state_version in the actor.yaml to "
                  + (definition.stateVersion() + 1)
                  + " and write a migration")
          .build();
    }
    return StateValue.ofTree(state);
  }

  /** A state as it is stored. */
  String text(StateValue state) {
    JsonNode tree = state.tree();
    if (definition.stateVersion() == 1 || !(tree instanceof ObjectNode object)) {
      return Json.mapper().writeValueAsString(tree);
    }
    ObjectNode stored = Json.mapper().createObjectNode();
    stored.put(VERSION, definition.stateVersion()).setAll(object);
    return Json.mapper().writeValueAsString(stored);
  }

  private JsonNode current(ActorAddress address, JsonNode stored) {
    int version = stored.path(VERSION).asInt(1);
    if (version > definition.stateVersion()) {
      throw unreadable(
              "the state of "
                  + address
                  + " has version "
                  + version
                  + ", this node's definition knows it up to "
                  + definition.stateVersion())
          .remedy("restart this node with the newer actor.yaml")
          .build();
    }
    JsonNode state = plain(stored);
    for (int next = version + 1; next <= definition.stateVersion(); next++) {
      Step step = steps.get(next);
      if (step == null) {
        throw unreadable(
                "the state of " + address + " has version " + version + ", too old to be migrated")
            .remedy("write the migration to version " + next + " back into the actor.yaml")
            .build();
      }
      state = step(address, step, next, state);
    }
    return state;
  }

  private static JsonNode step(ActorAddress address, Step step, int version, JsonNode state) {
    try {
      return step.next(state, address.key());
    } catch (Throwable failure) {
      if (failure instanceof VirtualMachineError error) {
        throw error;
      }
      throw unreadable(
              "the migration of " + address + " to version " + version + " failed: " + failure)
          .remedy("mend the migration; nothing of the state was changed")
          .cause(failure)
          .build();
    }
  }

  private static RelayException.Builder unreadable(String message) {
    return RelayException.of(ErrorCode.STATE_UNREADABLE, message);
  }
}
