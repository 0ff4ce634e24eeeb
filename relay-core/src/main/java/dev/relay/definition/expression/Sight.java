package dev.relay.definition.expression;

import java.util.Set;

/** What an expression sees, by the place where it stands. */
public enum Sight {
  /** A rule of {@code validates}: the root is the payload, and there is no clock. */
  PAYLOAD(Set.of("payload"), false),
  /** A migration: the root is the state of the version before. */
  MIGRATION(Set.of("key"), false),
  /** {@code fail} and {@code state}: the root is the old state. */
  BEFORE(Set.of("payload", "key"), true),
  /** {@code emit} and {@code reply}: the root is the old state, {@code $state} the new one. */
  AFTER(Set.of("payload", "key", "state"), true),
  /** In a flow: the root holds its input and the results of its steps. */
  FLOW(Set.of("key"), true),
  /** In a step of a flow that is done once for each item of a list. */
  FLOW_ITEM(Set.of("key", "item", "index"), true),
  /** In a flow's condition on an event: {@code $event} is the event's payload. */
  FLOW_EVENT(Set.of("key", "event"), true);

  private final Set<String> variables;
  private final boolean clock;

  Sight(Set<String> variables, boolean clock) {
    this.variables = variables;
    this.clock = clock;
  }

  Set<String> variables() {
    return variables;
  }

  boolean clock() {
    return clock;
  }
}
