package shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.message.Json;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What happens to a paid order. */
class FulfillmentIT {
  private static Shop shop;

  @BeforeAll
  static void open() {
    shop = new Shop();
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  void a_paid_order_gets_a_label_is_shipped_delivered_and_after_14_days_completed() {
    String order = shop.buy("ann", "sofa", 1);
    shop.awaitStep("order_fulfillment", order, "order_shipped");
    assertThat(shop.parcel(order).at("/label").stringValue()).isEqualTo("label-" + order);

    shop.dispatch(order);
    shop.awaitStep("order_fulfillment", order, "delivery_confirmed");
    shop.deliver(order);
    shop.awaitStep("order_fulfillment", order, "order_completed");
    shop.pass(Duration.ofDays(14));

    shop.awaitRun("order_fulfillment", order, "done");
    shop.awaitOrder(order, "completed");
  }

  @Test
  void carriers_may_say_things_twice_and_in_any_order() {
    String order = shop.buy("bob", "table", 1);

    shop.carrierSays(order, "delivered");
    shop.carrierSays(order, "in_transit");
    shop.carrierSays(order, "delivered");

    shop.awaitOrder(order, "delivered");
    shop.awaitStep("order_fulfillment", order, "order_completed");
  }

  @Test
  void a_label_that_fails_is_tried_again_then_the_order_is_held_until_a_person_goes_on() {
    String order = to("cat", Map.of("zip", "00000", "country", "DE"));
    Shop.eventually(
        () ->
            assertThat(shop.run("order_fulfillment", order).at("/at").asString())
                .isEqualTo("print_label"));

    for (int attempt = 1; attempt < 5; attempt++) {
      awaitAttempts(order, attempt);
      shop.pass(Duration.ofMinutes(2));
    }
    shop.awaitRun("order_fulfillment", order, "paused");
    JsonNode held = shop.run("order_fulfillment", order);
    assertThat(held.at("/error/message").asString()).contains("5 attempts", "PRINT_LABEL");
    assertThat(shop.order(order).at("/status").stringValue()).isEqualTo("confirmed");

    shop.relay()
        .flows()
        .repair("order_fulfillment", order, Json.mapper().createObjectNode().put("action", "skip"))
        .join();
    shop.awaitStep("order_fulfillment", order, "order_shipped");
  }

  @Test
  void where_no_carrier_goes_the_order_is_held_at_once() {
    String order = to("dan", Map.of("zip", "1", "country", "Atlantis"));

    shop.awaitRun("order_fulfillment", order, "paused");

    JsonNode held = shop.run("order_fulfillment", order);
    assertThat(held.at("/error/reason").stringValue()).isEqualTo("NOT_SERVED");
    assertThat(held.at("/error/message").stringValue()).contains("no carrier goes to Atlantis");
  }

  @Test
  void a_parcel_that_nobody_hands_over_is_looked_at_after_a_week() {
    String order = shop.buy("eve", "stool", 1);
    shop.awaitStep("order_fulfillment", order, "order_shipped");

    shop.pass(Duration.ofDays(7));

    shop.awaitRun("order_fulfillment", order, "paused");
  }

  private static void awaitAttempts(String order, int attempts) {
    Shop.eventually(
        () ->
            assertThat(shop.run("order_fulfillment", order).at("/pending/attempts").asInt(0))
                .isGreaterThanOrEqualTo(attempts));
  }

  private static String to(String user, Map<String, Object> place) {
    Map<String, Object> address = new java.util.HashMap<>(place);
    address.putAll(Map.of("name", "N", "street", "S", "city", "C"));
    shop.stock("thing-" + user, 1);
    shop.fill(user, "thing-" + user, 1);
    return shop.checkOut(user, Map.of("shipTo", address)).at("/orderId").stringValue();
  }
}
