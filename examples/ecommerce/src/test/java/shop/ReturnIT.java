package shop;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Orders that are sent back, or are said to be. */
class ReturnIT {
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
  void what_comes_back_goes_on_the_shelf_and_its_money_to_the_user() {
    shop.address("ann", "ann@example.com", false);
    String order = delivered("ann", "sofa", 2);
    ask("REQUEST_RETURN", order);
    shop.awaitStep("return", order, "return_received");

    ask("RECEIVE_RETURN", order);

    shop.awaitRun("return", order, "done");
    shop.awaitStock("sofa", 2, 0);
    assertThat(shop.payment(order).at("/refunded").decimalValue()).isEqualByComparingTo("59.98");
    JsonNode notes = shop.papers("ann", order).at("/creditNotes");
    assertThat(notes).hasSize(1);
    assertThat(notes.at("/0/total").decimalValue()).isEqualByComparingTo("59.98");
    shop.awaitRun("order_fulfillment", order, "done");
    await().atMost(60, SECONDS).until(() -> shop.hasHeardAll("notification", "ann"));
    assertThat(shop.mails("ann", "order_returned")).containsExactly("sent");
  }

  @Test
  void asked_for_and_received_twice_it_comes_back_once() {
    String order = delivered("bob", "table", 1);

    ask("REQUEST_RETURN", order);
    ask("REQUEST_RETURN", order);
    ask("RECEIVE_RETURN", order);
    ask("RECEIVE_RETURN", order);

    shop.awaitRun("return", order, "done");
    assertThat(shop.payment(order).at("/refunds")).hasSize(1);
    assertThat(shop.papers("bob", order).at("/creditNotes")).hasSize(1);
    shop.awaitStock("table", 1, 0);
  }

  @Test
  void what_does_not_come_back_in_14_days_is_closed_and_nothing_is_refunded() {
    String order = delivered("cat", "shelf", 1);
    ask("REQUEST_RETURN", order);
    shop.awaitStep("return", order, "return_received");

    shop.pass(Duration.ofDays(14));

    shop.awaitRun("return", order, "done");
    shop.awaitOrder(order, "completed");
    shop.awaitRun("order_fulfillment", order, "done");
    assertThat(shop.payment(order).at("/refunds")).isEmpty();
    assertThat(Shop.refusal(() -> ask("RECEIVE_RETURN", order)).reason())
        .contains("ORDER_IS_COMPLETED");
  }

  @Test
  void what_was_not_delivered_cannot_be_sent_back() {
    String order = shop.buy("dan", "stool", 1);

    assertThat(Shop.refusal(() -> ask("REQUEST_RETURN", order)).reason())
        .contains("ORDER_IS_CONFIRMED");
    assertThat(shop.run("return", order)).isEmpty();
  }

  private static String delivered(String user, String product, int quantity) {
    String order = shop.buy(user, product, quantity);
    shop.dispatch(order);
    shop.deliver(order);
    return order;
  }

  private static void ask(String command, String order) {
    shop.ask("order", command, Map.of("orderId", order));
  }
}
