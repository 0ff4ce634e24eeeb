package shoppers;

import dev.relay.message.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;

/**
 * The requests of a seeding. Each has an id that follows from what it says, so that it is the same
 * in every run. Not thread-safe.
 */
final class Requests {
  /** How often something that follows from a request is looked for, 100 ms apart. */
  private static final int MOST_LOOKS = 300;

  private static final ObjectWriter IN_ORDER =
      Json.mapper().writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private final Shop shop;
  private final String prefix;
  private final List<String> refusals = new ArrayList<>();
  private int news;

  Requests(Shop shop, String prefix) {
    this.shop = shop;
    this.prefix = prefix;
  }

  /** Asks that weren't answered before; a tell doesn't say. */
  int news() {
    return news;
  }

  List<String> refusals() {
    return refusals;
  }

  /** Sends what the shop is expected to take. */
  Answer send(String actor, String event, Map<String, ?> payload) {
    Answer answer = attempt(actor, event, payload);
    if (!answer.accepted()) {
      refusals.add(event + " " + answer.sentence());
    }
    return answer;
  }

  /** Sends what the shop may refuse as well. */
  Answer attempt(String actor, String event, Map<String, ?> payload) {
    Answer answer = shop.send(actor, event, payload, prefix + "-" + event + "-" + digest(payload));
    if (answer.status() == 200 && !answer.replayed()) {
      news++;
    }
    return answer;
  }

  private static UUID digest(Map<String, ?> payload) {
    byte[] bytes = IN_ORDER.writeValueAsBytes(payload);
    return UUID.nameUUIDFromBytes(bytes);
  }

  /** Whether this instance has ever done anything. */
  boolean isKnown(String actor, String key) {
    return shop.get("/api/actors/" + actor + "/" + Shop.escape(key)).accepted();
  }

  /** Waits until an instance is there, which what was told to it makes of it. */
  void untilThere(String actor, String key) {
    for (int i = 0; i < MOST_LOOKS && !isKnown(actor, key); i++) {
      Shop.rest();
    }
  }

  /** Waits until an order isn't in one of these states any more. */
  void untilPast(String orderId, List<String> early) {
    for (int i = 0; i < MOST_LOOKS; i++) {
      if (!early.contains(status(orderId))) {
        return;
      }
      Shop.rest();
    }
  }

  /** How far an order is. */
  String status(String orderId) {
    Answer answer = shop.query("order", "GET_ORDER_STATUS", Map.of("orderId", orderId));
    return answer.accepted() ? answer.data().path("status").asString("") : answer.reason();
  }
}
