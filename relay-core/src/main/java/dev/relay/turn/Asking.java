package dev.relay.turn;

import dev.relay.actor.Answer;
import dev.relay.actor.AskException;
import dev.relay.definition.Dependency;
import tools.jackson.databind.JsonNode;

/** Carries the asks of one run of one turn to other actors. Used by the handler's thread only. */
@FunctionalInterface
public interface Asking {
  /** Of a turn whose handler isn't declared to wait, which is found out before this is called. */
  Asking NOBODY =
      (dependency, event, payload) -> {
        throw new IllegalStateException(
            "nothing was handed over to ask " + dependency.actor() + " with");
      };

  /**
   * Asks and waits.
   *
   * @param dependency whom, as declared
   * @param event what; one of the dependency's
   * @throws AskException where there is no answer
   */
  Answer ask(Dependency dependency, String event, JsonNode payload);
}
