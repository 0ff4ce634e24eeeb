package shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Subscriptions as they are collected, not collected, and ended. */
class RenewalIT {
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
  void each_period_is_paid_once_at_the_price_of_its_time_and_has_one_invoice() {
    String id = subscribe("ann", "pm_card_visa");
    awaitStatus("ann", id, 1, "active");
    shop.ask(
        "billing",
        "CHANGE_PLAN",
        Map.of("userId", "ann", "subscriptionId", id, "plan", "Large", "price", price("19.90")));

    shop.pass(DAY.multipliedBy(31));

    awaitStatus("ann", id, 2, "active");
    awaitPaid("ann", id, 1, "9.90");
    awaitPaid("ann", id, 2, "19.90");
  }

  @Test
  void who_cannot_pay_is_asked_again_after_1_3_5_and_7_days_and_then_it_ends() {
    shop.address("bob", "bob@example.com", false);
    String id = subscribe("bob", "pm_card_chargeDeclined");

    for (int attempt = 1; attempt <= 4; attempt++) {
      awaitAttempt("bob", id, attempt, "declined");
      int reminders = attempt;
      Shop.eventually(() -> assertThat(shop.mails("bob", "payment_reminder")).hasSize(reminders));
      shop.pass(DAY.multipliedBy(attempt == 1 ? 1 : 2));
    }

    awaitAttempt("bob", id, 5, "declined");
    awaitStatus("bob", id, 1, "cancelled");
    assertThat(shop.mails("bob", "payment_reminder")).hasSize(4);
    assertThat(payments(id, 5).map(RenewalIT::captured)).allMatch(none -> none.signum() == 0);
  }

  @Test
  void who_has_another_card_by_the_next_attempt_pays_with_that() {
    String id = subscribe("cat", "pm_card_chargeDeclinedExpiredCard");
    awaitAttempt("cat", id, 1, "declined");
    awaitFlow(id, 1, 1);
    method("cat", "pm_card_visa");

    shop.pass(DAY);

    awaitStatus("cat", id, 1, "active");
    assertThat(shop.papers("cat", renewal(id, 1)).at("/invoice/total").decimalValue())
        .isEqualByComparingTo("9.90");
    assertThat(payments(id, 2).map(RenewalIT::captured))
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactly(BigDecimal.ZERO, price("9.90"));
  }

  @Test
  void who_has_no_way_to_pay_is_reminded() {
    shop.address("dan", "dan@example.com", false);
    shop.ask("billing", "CREATE_CUSTOMER", Map.of("userId", "dan", "name", "dan"));

    String id = create("dan");

    Shop.eventually(() -> assertThat(shop.mails("dan", "payment_reminder")).hasSize(1));
    awaitStatus("dan", id, 1, "due");
  }

  @Test
  void who_cancels_while_it_is_collected_gets_the_money_back() {
    String id = subscribe("eve", "pm_sandbox_pending");
    awaitAttempt("eve", id, 1, "pending");
    String order = renewal(id, 1) + "-1";
    shop.awaitStep("subscription_renewal", order, "delay");
    shop.ask("billing", "CANCEL_SUBSCRIPTION", Map.of("userId", "eve", "subscriptionId", id));
    JsonNode pending = shop.payment(order);

    shop.relay()
        .tell(
            "payment",
            "PAYMENT_WEBHOOK",
            Map.of(
                "orderId",
                order,
                "userId",
                "eve",
                "transactionId",
                pending.at("/attempts/0/transactionId").stringValue(),
                "outcome",
                "captured",
                "amount",
                price("9.90"),
                "currency",
                "EUR"));
    awaitAttempt("eve", id, 1, "captured");
    shop.pass(Duration.ofMinutes(30));

    Shop.eventually(
        () ->
            assertThat(shop.payment(order).at("/refunded").decimalValue())
                .isEqualByComparingTo("9.90"));
    shop.pass(DAY);
    shop.awaitRun("subscription_renewal", order, "compensated");
    assertThat(shop.payment(order).at("/refunds")).hasSize(1);
  }

  @Test
  void a_payment_that_never_comes_is_called_off_and_asked_for_again() {
    shop.address("fay", "fay@example.com", false);
    String id = subscribe("fay", "pm_sandbox_pending");
    shop.awaitStep("subscription_renewal", renewal(id, 1) + "-1", "delay");

    shop.pass(DAY);

    awaitAttempt("fay", id, 1, "voided");
    Shop.eventually(() -> assertThat(shop.mails("fay", "payment_reminder")).isNotEmpty());
  }

  private static String subscribe(String user, String method) {
    shop.ask("billing", "CREATE_CUSTOMER", Map.of("userId", user, "name", user));
    method(user, method);
    return create(user);
  }

  private static void method(String user, String method) {
    shop.ask("payment", "ADD_PAYMENT_METHOD", Map.of("userId", user, "method", method));
  }

  private static String create(String user) {
    Map<String, Object> plan =
        Map.of(
            "userId", user,
            "plan", "Small",
            "price", price("9.90"),
            "currency", "EUR",
            "interval", "month");
    return shop.ask("billing", "CREATE_SUBSCRIPTION", plan).at("/subscriptionId").stringValue();
  }

  private static void awaitStatus(String user, String id, int period, String status) {
    Map<String, Object> which = Map.of("userId", user, "subscriptionId", id);
    Shop.eventually(
        () -> {
          JsonNode known = shop.ask("billing", "GET_SUBSCRIPTION", which);
          assertThat(known.at("/period").intValue()).isEqualTo(period);
          assertThat(known.at("/status").stringValue()).isEqualTo(status);
        });
  }

  private static void awaitAttempt(String user, String id, int attempt, String status) {
    String order = renewal(id, 1) + "-" + attempt;
    Shop.eventually(
        () -> {
          assertThat(shop.payment(order).at("/userId").stringValue()).isEqualTo(user);
          assertThat(shop.payment(order).at("/status").stringValue()).isEqualTo(status);
        });
  }

  private static void awaitFlow(String id, int period, int attempt) {
    shop.awaitRun("subscription_renewal", renewal(id, period) + "-" + attempt, "done");
  }

  private static void awaitPaid(String user, String id, int period, String amount) {
    awaitFlow(id, period, 1);
    JsonNode payment = shop.payment(renewal(id, period) + "-1");
    assertThat(captured(payment)).isEqualByComparingTo(amount);
    assertThat(payment.at("/attempts")).hasSize(1);
    assertThat(payment.at("/refunds")).isEmpty();
    assertThat(shop.papers(user, renewal(id, period)).at("/invoice/total").decimalValue())
        .isEqualByComparingTo(amount);
  }

  private static Stream<JsonNode> payments(String id, int attempts) {
    return Stream.iterate(1, attempt -> attempt <= attempts, attempt -> attempt + 1)
        .map(attempt -> shop.payment(renewal(id, 1) + "-" + attempt));
  }

  private static BigDecimal captured(JsonNode payment) {
    return payment.at("/captured").decimalValue();
  }

  private static String renewal(String id, int period) {
    return "renewal-" + id + "-" + period;
  }

  private static BigDecimal price(String price) {
    return new BigDecimal(price);
  }
}
