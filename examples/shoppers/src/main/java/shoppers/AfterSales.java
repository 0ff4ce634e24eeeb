package shoppers;

import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** What becomes of an order that was paid: called off, sent, sent back, or nothing for now. */
final class AfterSales {
  private static final Set<String> BEFORE_THE_DOOR = Set.of("confirmed", "shipped");

  /**
   * How often an order's state is looked at, 100 ms apart: events take their time after a crash.
   */
  private static final int MOST_LOOKS = 600;

  private final Shop shop;
  private final Book book;
  private final Random random;
  private final Supplier<String> requestIds;
  private Bought order;

  AfterSales(Shop shop, Book book, Bought order, Random random, Supplier<String> requestIds) {
    this.shop = shop;
    this.book = book;
    this.order = order;
    this.random = random;
    this.requestIds = requestIds;
  }

  void run() {
    int what = random.nextInt(100);
    if (what < 10) {
      Map<String, Object> id = Map.of("orderId", order.orderId(), "reason", "found it cheaper");
      step("flow-cancellation", "START_CANCELLATION", id, Fate.CANCELLED);
    } else if (what < 40 && sent() && what < 30 && delivered() && what < 20) {
      sendBack();
    }
  }

  private boolean sent() {
    Map<String, Object> parcel =
        Map.of(
            "shipmentId", order.orderId(), "carrier", "DHL", "trackingId", "T-" + order.orderId());
    return step("shipping", "DISPATCH_SHIPMENT", parcel, Fate.SHIPPED);
  }

  private boolean delivered() {
    Map<String, Object> update = Map.of("at", "2026-11-01T10:00:00Z", "status", "delivered");
    Map<String, Object> word = Map.of("shipmentId", order.orderId(), "update", update);
    return step("shipping", "CARRIER_UPDATE", word, Fate.DELIVERED);
  }

  /** The order hears from shipping a moment later than we do. */
  private void sendBack() {
    Map<String, Object> id = Map.of("orderId", order.orderId());
    for (int i = 0; i < MOST_LOOKS; i++) {
      Answer answer = shop.query("order", "GET_ORDER_STATUS", id);
      if (!BEFORE_THE_DOOR.contains(answer.data().path("status").asString(""))) {
        break;
      }
      Shop.rest();
    }
    if (step("order", "REQUEST_RETURN", id, Fate.RETURN_REQUESTED) && random.nextInt(4) > 0) {
      step("order", "RECEIVE_RETURN", id, Fate.RETURNED);
    }
  }

  /** What is acknowledged is written down; a refusal of something that must be possible, too. */
  private boolean step(String actor, String event, Map<String, ?> payload, Fate fate) {
    Answer answer = shop.send(actor, event, payload, requestIds.get());
    if (answer.accepted()) {
      order = order.as(fate);
      book.write(order);
    } else {
      book.surprise(event + " of order " + order.orderId(), "accepted", answer.sentence());
    }
    return answer.accepted();
  }
}
