package dev.relay.turn;

import dev.relay.actor.Answer;
import dev.relay.actor.PastMessage;
import dev.relay.actor.RefusedException;
import dev.relay.catalog.Catalog;
import dev.relay.definition.Dependency;
import dev.relay.message.ActorAddress;
import dev.relay.message.Json;
import dev.relay.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;

/** A turn while its handler runs: collects what the handler says. Used by one thread. */
final class OpenTurn implements StepTurn {
  /** An emitted event before it is checked. */
  record Emission(String event, JsonNode payload) {}

  /** A page of history; some megabytes of messages as they usually are. */
  private static final int MOST_PAST = 10_000;

  private final TurnInput input;
  private final JavaType stateType;
  private final boolean readOnly;
  private final DeclaredAsks declared;
  private final List<Emission> emissions = new ArrayList<>(2);
  private final OpenTimers timers;
  private @Nullable StateValue state;

  OpenTurn(TurnInput input, JavaType stateType, boolean readOnly, DeclaredAsks declared) {
    this.input = input;
    this.stateType = stateType;
    this.readOnly = readOnly;
    this.declared = declared;
    this.timers = new OpenTimers(input.now());
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
    state = StateValue.ofValue(Objects.requireNonNull(next, "the new state"));
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
  public List<PastMessage> history(String key, long after, int limit) {
    declared.checkWaits("read its history");
    if (after < 0 || limit < 1 || limit > MOST_PAST) {
      throw new IllegalArgumentException(
          "after is 0 or more and limit 1 to " + MOST_PAST + ", not " + after + " and " + limit);
    }
    return input.asking().history(new ActorAddress(self().actor(), key), after, limit);
  }

  @Override
  public Catalog catalog() {
    return input.catalog();
  }

  @Override
  public Answer send(Dependency dependency, String event, JsonNode payload, Asking.Stamp stamp) {
    return input.asking().send(dependency, event, payload, stamp);
  }

  @Override
  public void sendAfter(Duration delay, String event, Object payload) {
    later(null, timers.after(delay), event, payload);
  }

  @Override
  public void sendAfter(Duration delay, String event, Object payload, String name) {
    later(Objects.requireNonNull(name, "the timer's name"), timers.after(delay), event, payload);
  }

  @Override
  public void sendAt(Instant time, String event, Object payload) {
    later(null, time, event, payload);
  }

  @Override
  public void sendAt(Instant time, String event, Object payload, String name) {
    later(Objects.requireNonNull(name, "the timer's name"), time, event, payload);
  }

  @Override
  public void cancel(String name) {
    changing("cancel");
    timers.callOff(name);
  }

  private void later(@Nullable String name, Instant time, String event, Object payload) {
    changing("set a timer");
    timers.set(name, time, new Emission(event, Json.mapper().valueToTree(payload)));
  }

  List<OpenTimers.Wish> timers() {
    return timers.wishes();
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
