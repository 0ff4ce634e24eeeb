package shop;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Carts that people walk away from. */
class AbandonedCartIT {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

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
  void after_an_hour_its_user_is_reminded_and_a_day_later_it_is_given_up() {
    shop.address("ann", "ann@example.com", true);
    leave("ann");

    shop.awaitStep("abandoned_cart", "ann", "delay");
    awaitMail("ann", "sent");
    shop.pass(DAY);

    shop.awaitRun("abandoned_cart", "ann", "done");
    assertThat(shop.cart("ann").at("/status").stringValue()).isEqualTo("abandoned");
    assertThat(shop.cart("ann").at("/items")).hasSize(1);
  }

  @Test
  void who_wants_no_advertisements_gets_none() {
    shop.address("bob", "bob@example.com", false);
    leave("bob");

    awaitMail("bob", "suppressed");
  }

  @Test
  void a_checkout_calls_it_off() {
    shop.stock("chair", 1);
    shop.fill("cat", "chair", 1);
    shop.pass(HOUR);
    shop.awaitStep("abandoned_cart", "cat", "delay");

    shop.checkOut("cat", Map.of());

    shop.awaitRun("abandoned_cart", "cat", "cancelled");
    shop.pass(DAY);
    assertThat(shop.cart("cat").at("/status").stringValue()).isEqualTo("ordered");
  }

  @Test
  void who_comes_back_in_between_is_reminded_anew_of_what_is_in_it_then() {
    shop.address("dan", "dan@example.com", true);
    leave("dan");
    shop.awaitStep("abandoned_cart", "dan", "delay");
    shop.fill("dan", "bench", 1);
    shop.pass(HOUR);
    Shop.eventually(
        () -> assertThat(shop.mails("dan", "cart_reminder")).containsExactly("sent", "sent"));
    shop.awaitStep("abandoned_cart", "dan", "delay");

    shop.pass(DAY);

    shop.awaitRun("abandoned_cart", "dan", "done");
    assertThat(shop.cart("dan").at("/items")).hasSize(2);
    assertThat(shop.cart("dan").at("/status").stringValue()).isEqualTo("abandoned");
  }

  private static void leave(String user) {
    shop.fill(user, "lamp", 1);
    shop.pass(HOUR);
  }

  private static void awaitMail(String user, String status) {
    await()
        .atMost(60, SECONDS)
        .untilAsserted(() -> assertThat(shop.mails(user, "cart_reminder")).containsExactly(status));
  }
}
