package dev.relay.chaos.load;

import dev.relay.chaos.actor.PoisonActor;
import dev.relay.message.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deals with the poison actor's dead letters while the run lasts: retries some as they are, which
 * fail again, mends some and discards some; now and then through two nodes at once, of which one
 * must lose. Leaves every third alone.
 */
final class Operator implements Runnable {
  private static final Duration BETWEEN = Duration.ofMillis(150);
  private static final String OF_POISON = "/api/dead-letters?actor=poison&limit=50";

  /** The code of a letter that isn't there, or is no letter any more. */
  private static final String GONE = "RLY-2005";

  private final Random choice;
  private final Nodes nodes;
  private final Book book;
  private volatile boolean stopping;

  Operator(long seed, Nodes nodes, Book book) {
    this.choice = new Random(seed);
    this.nodes = nodes;
    this.book = book;
  }

  void stop() {
    stopping = true;
  }

  @Override
  public void run() {
    while (!stopping) {
      try {
        step();
      } catch (RuntimeException fault) {
        book.anomaly("the operator failed: " + fault);
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }

  private void step() {
    List<JsonNode> letters = new ArrayList<>();
    nodes.get(choice, OF_POISON).path("dead_letters").forEach(letters::add);
    letters.removeIf(letter -> letter.path("payload").path("n").asLong() % 3 == 0);
    if (letters.isEmpty()) {
      return;
    }
    JsonNode letter = letters.get(choice.nextInt(letters.size()));
    JsonNode payload = letter.path("payload");
    String name =
        Letters.name(
            payload.path("from").asString(""),
            payload.path("to").asString(""),
            payload.path("n").asString(""));
    String path = "/api/dead-letters/" + letter.path("id").asString("");
    switch (choice.nextInt(4)) {
      case 0 -> retry(path);
      case 1 -> discard(path, name);
      default -> mend(path, name, payload);
    }
  }

  /** As it is: it will fail again, and be a dead letter again. */
  private void retry(String path) {
    Answer answer = nodes.post(choice, path + "/retry", Json.mapper().createObjectNode());
    if (answer instanceof Answer.Accepted) {
      book.letters().retried();
    } else {
      onlyIfGone(answer, path);
    }
  }

  private void discard(String path, String name) {
    book.letters().tryDiscard(name);
    ObjectNode body = Json.mapper().createObjectNode().put("reason", "chaos");
    if (once(path + "/discard", body)) {
      book.letters().discarded(name);
    }
  }

  private void mend(String path, String name, JsonNode payload) {
    book.letters().tryMend(name);
    ObjectNode mended = ((ObjectNode) payload.deepCopy()).put("mark", false);
    mended.put("from", PoisonActor.MENDED + payload.path("from").asString(""));
    if (once(path + "/retry", Json.mapper().valueToTree(Map.of("payload", mended)))) {
      book.letters().mended(name);
    }
  }

  /** Whether it was acknowledged; of two at once at most one may be. */
  private boolean once(String path, JsonNode body) {
    boolean twice = choice.nextInt(3) == 0;
    // both use the generator, which is thread-safe
    CompletableFuture<Answer> other =
        twice
            ? CompletableFuture.supplyAsync(() -> nodes.post(choice, path, body), Client.OWN_THREAD)
            : CompletableFuture.completedFuture(new Answer.Open("not asked"));
    Answer mine = nodes.post(choice, path, body);
    Answer others = other.join();
    onlyIfGone(mine, path);
    onlyIfGone(others, path);
    if (mine instanceof Answer.Accepted && others instanceof Answer.Accepted) {
      book.anomaly(path + " was acknowledged twice");
    }
    return mine instanceof Answer.Accepted || others instanceof Answer.Accepted;
  }

  private void onlyIfGone(Answer answer, String path) {
    if (answer instanceof Answer.Refused refused && !refused.code().equals(GONE)) {
      book.anomaly(path + " was refused: " + refused.detail());
    }
  }
}
