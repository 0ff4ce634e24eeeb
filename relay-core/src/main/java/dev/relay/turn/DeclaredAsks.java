package dev.relay.turn;

import dev.relay.actor.AskRefusedException;
import dev.relay.catalog.EventKind;
import dev.relay.catalog.Pattern;
import dev.relay.definition.ActorDefinition;
import dev.relay.definition.Dependency;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/** What one handler may ask, by its actor's definition. Immutable. */
final class DeclaredAsks {
  /**
   * Refusals that mean the same to the caller of the turn that asked. The others speak of a payload
   * that this caller never saw.
   */
  private static final Set<ErrorCode> HANDED_ON =
      EnumSet.of(
          ErrorCode.REFUSED,
          ErrorCode.RULE_VIOLATED,
          ErrorCode.ASK_UNDECLARED,
          ErrorCode.ASK_RING,
          ErrorCode.ASK_REFUSED);

  private final ActorDefinition definition;
  private final Behaviour.Bound bound;

  DeclaredAsks(ActorDefinition definition, Behaviour.Bound bound) {
    this.definition = definition;
    this.bound = bound;
  }

  /**
   * The declared dependency behind an ask.
   *
   * @throws AskRefusedException where the definition doesn't declare it, saying what to add
   */
  Dependency check(TurnInput input, String actor, String event) {
    String handled = bound.definition().event();
    if (!bound.handler().waits()) {
      throw undeclared(
          actor,
          event,
          "the handler of " + handled + " isn't declared to wait for an answer",
          remedyOfWaiting());
    }
    Dependency dependency = definition.dependencies().get(actor);
    if (dependency == null || !dependency.events().contains(event)) {
      Set<String> events = new TreeSet<>(dependency == null ? Set.of() : dependency.events());
      events.add(event);
      throw undeclared(
          actor,
          event,
          definition.name() + " asks " + actor + " " + event + ", which it doesn't declare",
          "add to its actor.yaml: dependencies: { " + actor + ": { events: " + events + " } }");
    }
    if (dependency.pattern() != Pattern.ASK) {
      throw undeclared(
          actor,
          event,
          definition.name() + " declares that it tells " + actor + " and waits for no answer",
          "write `pattern: ask` at this dependency");
    }
    if (bound.definition().readOnly() && !isQuery(input, event)) {
      throw undeclared(
          actor,
          event,
          handled + " is a query and changes nothing, so it can't ask for " + event,
          "ask a query, or make " + handled + " a command");
    }
    return dependency;
  }

  /**
   * Refuses what blocks in a handler that isn't declared to wait.
   *
   * @throws IllegalStateException saying what to add
   */
  void checkWaits(String what) {
    if (!bound.handler().waits()) {
      throw new IllegalStateException(
          "the handler of %s isn't declared to wait, so it can't %s; %s"
              .formatted(bound.definition().event(), what, remedyOfWaiting()));
    }
  }

  private String remedyOfWaiting() {
    return "write @Handles(value = \"" + bound.definition().event() + "\", waits = true)";
  }

  /** What an uncaught refusal means to those who caused the turn. */
  static TurnOutcome.Refused refusalOfTurn(AskRefusedException refusal) {
    boolean handedOn = HANDED_ON.contains(refusal.code());
    return new TurnOutcome.Refused(
        handedOn ? refusal.code() : ErrorCode.ASK_REFUSED,
        (handedOn ? "" : refusal.code().code() + ": ") + refusal.getMessage(),
        refusal.reason().orElse(null),
        refusal.violations());
  }

  private static boolean isQuery(TurnInput input, String event) {
    return input
        .catalog()
        .event(event)
        .filter(known -> known.definition().kind() == EventKind.QUERY)
        .isPresent();
  }

  private static AskRefusedException undeclared(
      String actor, String event, String found, String remedy) {
    RelayException failure =
        RelayException.of(ErrorCode.ASK_UNDECLARED, found + "; " + remedy).remedy(remedy).build();
    return new AskRefusedException(actor, event, failure);
  }
}
