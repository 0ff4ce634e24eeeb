package shop.analytics;

import dev.relay.message.Message;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Takes what happened to a service that others look at. The same events may come again, after a
 * crash for instance, and count once there, by their ids. Calls block, for half a minute at most.
 * Thread-safe.
 */
interface Forwarder {
  /**
   * Hands events on, all of them or none as far as anybody knows.
   *
   * @param batch names them; of a batch that comes again the beginning is the same
   * @throws ForwardException where they may not have arrived
   */
  void forward(String batch, List<Happened> events);

  /**
   * What happened, without names and addresses of people.
   *
   * @param id the message's
   * @param who a user, else an order or a product
   */
  record Happened(String id, String name, String who, Instant at, Map<String, Object> properties) {
    private static final List<String> SUBJECTS = List.of("userId", "orderId", "productId");

    /** Fields that say something to an analyst and nothing about a person. */
    private static final List<String> TOLD =
        List.of(
            "orderId",
            "productId",
            "subscriptionId",
            "plan",
            "template",
            "status",
            "reason",
            "quantity",
            "price",
            "amount",
            "total",
            "currency");

    public Happened {
      properties = Map.copyOf(properties);
    }

    static Happened of(Message message) {
      JsonNode payload = message.payload();
      Map<String, Object> properties = new TreeMap<>();
      payload
          .path("properties")
          .properties()
          .forEach(own -> put(properties, own.getKey(), own.getValue()));
      TOLD.forEach(field -> put(properties, field, payload.path(field)));
      String who =
          SUBJECTS.stream()
              .map(field -> payload.path(field).asString(""))
              .filter(id -> !id.isEmpty())
              .findFirst()
              .orElse("shop");
      Instant at = message.headers().time();
      return new Happened(message.id().value(), Tally.name(message), who, at, properties);
    }

    private static void put(Map<String, Object> properties, String name, JsonNode value) {
      if (value.isNumber()) {
        properties.put(name, value.decimalValue());
      } else if (value.isString()) {
        properties.put(name, value.stringValue());
      } else if (value.isBoolean()) {
        properties.put(name, value.booleanValue());
      }
    }
  }

  /** It may not have arrived: it is to be sent again. */
  final class ForwardException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ForwardException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
