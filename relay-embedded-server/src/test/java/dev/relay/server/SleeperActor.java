package dev.relay.server;

import dev.relay.actor.Handles;
import dev.relay.actor.RelayActor;
import dev.relay.actor.Turn;
import dev.relay.message.Json;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.JsonNode;

/** An actor that answers when the test lets it. */
public final class SleeperActor extends RelayActor<JsonNode> {
  /** The engine makes the actor, so this is how the test reaches it. */
  static final Semaphore WAKE_UPS = new Semaphore(0);

  @Handles(value = "SLEEP", waits = true)
  public JsonNode sleep(Turn<JsonNode> turn) throws InterruptedException {
    WAKE_UPS.acquire();
    return Json.mapper().createObjectNode().put("slept", true);
  }

  @Handles(value = "ASK_SELF", waits = true)
  public void askSelf(JsonNode payload, Turn<JsonNode> turn) {
    turn.ask("sleeper", "ASK_SELF", payload);
  }

  @Handles("STUMBLE")
  public void stumble(Turn<JsonNode> turn) {
    throw new IllegalStateException("of " + turn.self() + " the password is hunter2");
  }
}
