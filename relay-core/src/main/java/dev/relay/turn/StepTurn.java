package dev.relay.turn;

import dev.relay.actor.Answer;
import dev.relay.actor.AskException;
import dev.relay.actor.Turn;
import dev.relay.catalog.Catalog;
import dev.relay.definition.Dependency;
import tools.jackson.databind.JsonNode;

/** A turn of an actor of Relay's own, which sends under request ids that it says itself. */
public interface StepTurn extends Turn<Object> {
  /** The snapshot of the catalog that this turn goes by. */
  Catalog catalog();

  /**
   * Asks, or tells where the dependency says so, and waits until there is an answer or the message
   * is safe. Repeated under the same request id, it happens once.
   *
   * @param dependency whom, and how long to wait
   * @param stamp under which ids
   * @return the answer; one without data where the actor was told
   * @throws AskException where there is no answer
   */
  Answer send(Dependency dependency, String event, JsonNode payload, Asking.Stamp stamp);
}
