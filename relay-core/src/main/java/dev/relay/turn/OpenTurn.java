package dev.relay.turn;

import dev.relay.actor.Answer;
import dev.relay.actor.RefusedException;
import dev.relay.actor.Turn;
import dev.relay.definition.Dependency;
import dev.relay.message.ActorAddress;
import dev.relay.message.Json;
import dev.relay.message.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;

/** A turn while its handler runs: collects what the handler says. Used by one thread. */
final class OpenTurn implements Turn<Object> {
  /** An emitted event before it is checked. */
  record Emission(String event, JsonNode payload) {}

  private final TurnInput input;
  private final JavaType stateType;
  private final boolean readOnly;
  private final DeclaredAsks declared;
  private final List<Emission> emissions = new ArrayList<>(2);
  private @Nullable StateValue state;

  OpenTurn(TurnInput input, JavaType stateType, boolean readOnly, DeclaredAsks declared) {
    this.input = input;
    this.stateType = stateType;
    this.readOnly = readOnly;
    this.declared = declared;
    this.state = input.state();
  }

  @Override
  public Optional<Object> state() {
    StateValue current = state;
    return current == null ? Optional.empty() : Optional.of(current.value(stateType));
  }

  @Override
  public ActorAddress self() {
    return input.self();
  }

  @Override
  public Message message() {
    return input.message();
  }

  @Override
  public Instant now() {
    return input.now();
  }

  @Override
  public <T> T become(T next) {
    changing("become");
    state = StateValue.ofValue(java.util.Objects.requireNonNull(next, "the new state"));
    return next;
  }

  @Override
  public void emit(String event, Object payload) {
    changing("emit");
    emissions.add(new Emission(event, Json.mapper().valueToTree(payload)));
  }

  @Override
  public Answer ask(String actor, String event, Object payload) {
    Dependency dependency = declared.check(input, actor, event);
    return input.asking().ask(dependency, event, Json.mapper().valueToTree(payload));
  }

  @Override
  public RefusedException refuse(String reason, String message) {
    return new RefusedException(reason, message);
  }

  void becomeTree(JsonNode next) {
    changing("become");
    state = StateValue.ofTree(next);
  }

  @Nullable StateValue stateValue() {
    return state;
  }

  List<Emission> emissions() {
    return emissions;
  }

  TurnInput input() {
    return input;
  }

  private void changing(String what) {
    if (readOnly) {
      throw new IllegalStateException(
          "a query changes nothing: " + input.message().type() + " may not " + what);
    }
  }
}
