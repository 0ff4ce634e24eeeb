package dev.relay.turn;

import dev.relay.actor.Answer;
import dev.relay.actor.AskException;
import dev.relay.actor.PastMessage;
import dev.relay.definition.Dependency;
import dev.relay.message.ActorAddress;
import java.util.List;
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

  /** What an instance has taken, from the journal; see {@link dev.relay.actor.Turn#history}. */
  default List<PastMessage> history(ActorAddress instance, long after, int limit) {
    throw new IllegalStateException("nothing was handed over to read the journal with");
  }

  /**
   * Under what an actor of Relay's own sends.
   *
   * @param requestId makes it happen once
   * @param correlation the id that all messages caused by one request share
   */
  record Stamp(String requestId, String correlation) {}

  /** Asks or tells under ids that the sender says; otherwise like {@link #ask}. */
  default Answer send(Dependency dependency, String event, JsonNode payload, Stamp stamp) {
    throw new IllegalStateException("nothing was handed over to send " + event + " with");
  }
}
