package shop;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a paid order brings with it, though flow and actors both see to it. */
class CheckoutPapersIT {
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
  void an_order_has_one_invoice_of_its_total_one_parcel_and_one_mail() {
    shop.stock("couch", 1);
    shop.fill("fay", "couch", 1);
    shop.ask("cart", "APPLY_COUPON", Map.of("userId", "fay", "code", "WELCOME10"));
    shop.address("fay", "fay@example.com", false);

    JsonNode outcome =
        shop.checkOut(
            "fay", Map.of("shipping", new BigDecimal("4.90"), "tax", new BigDecimal("5.70")));

    String order = outcome.at("/orderId").stringValue();
    JsonNode papers = shop.papers("fay", order);
    assertThat(outcome.at("/total").decimalValue()).isEqualByComparingTo("37.59");
    assertThat(papers.at("/invoice/total").decimalValue()).isEqualByComparingTo("37.59");
    assertThat(papers.at("/invoice/lines").valueStream().map(CheckoutPapersIT::text))
        .containsExactly("A couch 29.99", "Shipping 4.90", "Tax 5.70", "Discount -3.00");
    assertThat(shop.parcel(order).at("/status").stringValue()).isEqualTo("created");
    await().atMost(60, SECONDS).until(() -> shop.hasHeardAll("notification", "fay"));
    assertThat(shop.mails("fay", "order_confirmed")).containsExactly("sent");
  }

  @Test
  void an_invoice_that_is_there_before_the_checkout_comes_to_it_stays_the_only_one() {
    String order = shop.buy("hal", "bed", 2);
    JsonNode first = shop.papers("hal", order);

    shop.ask(
        "billing",
        "GENERATE_INVOICE",
        Map.of(
            "userId",
            "hal",
            "orderId",
            order,
            "currency",
            "EUR",
            "lines",
            List.of(Map.of("name", "Another", "quantity", 1, "price", 1))));

    assertThat(shop.papers("hal", order)).isEqualTo(first);
  }

  @Test
  void a_mail_that_cannot_be_sent_is_a_dead_letter_and_leaves_a_paid_order_as_it_is() {
    shop.address("gus", "fail@example.com", false);

    String order = shop.buy("gus", "rug", 1);

    assertThat(shop.order(order).at("/status").stringValue()).isEqualTo("confirmed");
    shop.awaitRun("checkout", "gus", "done");
    shop.awaitStock("rug", 0, 0);
    await().atMost(3, MINUTES).until(() -> shop.deadLetters("notification", "gus") > 0);
  }

  private static String text(JsonNode line) {
    return line.at("/name").asString() + " " + line.at("/price").decimalValue();
  }
}
