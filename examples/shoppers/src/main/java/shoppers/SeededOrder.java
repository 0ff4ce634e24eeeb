package shoppers;

import java.util.List;
import java.util.Map;

/** Takes one seeded order as far as it is to come. */
record SeededOrder(Requests requests, String userId, String orderId) {
  private static final List<String> EARLY =
      List.of("pending", "awaiting_stock", "awaiting_payment");
  private static final List<String> UNSENT =
      List.of("pending", "awaiting_stock", "awaiting_payment", "confirmed");
  private static final List<String> UNDERWAY =
      List.of("pending", "awaiting_stock", "awaiting_payment", "confirmed", "shipped");

  /** Held for a day, so that the order stays as it is while somebody looks at it. */
  private static final int A_DAY = 86_400;

  /** Of an order that was paid. */
  void bring(Stage stage) {
    requests.untilPast(orderId, EARLY);
    if (stage == Stage.CANCELLED) {
      tell("order", "CANCEL_ORDER", Map.of("orderId", orderId, "reason", "ordered twice"));
    }
    if (stage.isSent()) {
      send(stage.isDelivered());
    }
    switch (stage) {
      case COMPLETED ->
          tell("order", "UPDATE_ORDER_STATUS", Map.of("orderId", orderId, "status", "completed"));
      case RETURN_REQUESTED -> requestReturn();
      case RETURNED -> {
        requestReturn();
        tell("order", "RECEIVE_RETURN", Map.of("orderId", orderId));
      }
      default -> {}
    }
  }

  private void requestReturn() {
    tell("order", "REQUEST_RETURN", Map.of("orderId", orderId, "reason", "too large"));
  }

  private void send(boolean delivered) {
    String tracking = "TRK" + orderId.substring(0, 8);
    requests.untilThere("shipping", orderId);
    tell(
        "shipping",
        "DISPATCH_SHIPMENT",
        Map.of("shipmentId", orderId, "carrier", "DHL", "trackingId", tracking));
    requests.untilPast(orderId, UNSENT);
    if (delivered) {
      Map<String, Object> update =
          Map.of("at", "2026-11-01T10:00:00Z", "status", "delivered", "place", "at the door");
      tell("shipping", "CARRIER_UPDATE", Map.of("shipmentId", orderId, "update", update));
      requests.untilPast(orderId, UNDERWAY);
    }
  }

  /** One that doesn't come as far as being paid. */
  void begin(Stage stage, Map<Product, Integer> chosen) {
    List<Map<String, Object>> lines =
        chosen.entrySet().stream().map(line -> line.getKey().line(line.getValue())).toList();
    tell(
        "order",
        "CREATE_ORDER",
        Map.of("orderId", orderId, "userId", userId, "currency", "EUR", "lines", lines));
    if (stage == Stage.AWAITING_STOCK) {
      chosen.entrySet().stream().limit(1).forEach(line -> hold(line.getKey(), line.getValue()));
      requests.untilPast(orderId, List.of("pending"));
    } else if (stage == Stage.AWAITING_PAYMENT) {
      chosen.forEach(this::hold);
      requests.untilPast(orderId, List.of("pending", "awaiting_stock"));
    }
  }

  private void hold(Product product, int quantity) {
    tell(
        "inventory",
        "RESERVE_STOCK",
        Map.of(
            "productId", product.id(),
            "orderId", orderId,
            "userId", userId,
            "quantity", quantity,
            "holdSeconds", A_DAY));
  }

  private void tell(String actor, String event, Map<String, Object> payload) {
    requests.send(actor, event, payload);
  }
}
