package shop.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.failure.ErrorCode;
import dev.relay.testkit.TestActor;
import dev.relay.testkit.TestTurn;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import shop.payment.OrderPayment.Status;

class PaymentActorTest {
  private static final Map<String, Object> ORDER = Map.of("orderId", "o1");

  @TempDir static Path outbox;

  private final Ledger provider = new Ledger();
  private final TestActor payments = actor(provider);

  private final Map<String, Object> pay = pay("pm_card_visa");

  @Nested
  class Taking {
    @Test
    void an_order_is_paid_once_however_often_it_is_asked() {
      TestTurn paid = payments.when("PROCESS_PAYMENT", pay);
      TestTurn again = paid.when("PROCESS_PAYMENT", pay);

      assertThat(paid.reply(OrderPayment.class).captured()).isEqualTo("59.98");
      assertThat(paid.emitted("PAYMENT_PROCESSED").at("/amount").decimalValue()).isEqualTo("59.98");
      assertThat(again.reply()).isEqualTo(paid.reply());
      assertThat(again.emitted()).isEmpty();
      assertThat(provider.charges).hasSize(1);
    }

    @Test
    void a_turn_that_runs_again_after_a_crash_uses_the_same_key() {
      payments.when("PROCESS_PAYMENT", pay).reply();
      payments.when("PROCESS_PAYMENT", pay).reply();

      assertThat(provider.calls).containsExactly("o1/charge/1", "o1/charge/1");
      assertThat(provider.charges).hasSize(1);
    }

    @Test
    void another_amount_for_the_same_order_is_refused() {
      Map<String, Object> other = new HashMap<>(pay);
      other.put("amount", 1);

      assertThat(
              payments
                  .when("PROCESS_PAYMENT", pay)
                  .when("PROCESS_PAYMENT", other)
                  .refusal()
                  .reason())
          .isEqualTo("AMOUNT_DIFFERS");
    }

    @Test
    void no_card_number_gets_in() {
      Map<String, Object> card = new HashMap<>(pay);
      card.put("method", "4242424242424242");

      assertThat(payments.when("PROCESS_PAYMENT", card).refusal().code())
          .isEqualTo(ErrorCode.PAYLOAD_INVALID);
    }

    @Test
    void what_is_called_off_before_it_was_paid_is_never_paid() {
      TestTurn voided = payments.when("REFUND_PAYMENT", ORDER);

      assertThat(voided.reply(OrderPayment.class).status()).isEqualTo(Status.VOIDED);
      assertThat(voided.when("PROCESS_PAYMENT", pay).refusal().reason())
          .isEqualTo("PAYMENT_VOIDED");
    }

    @Test
    void where_the_provider_is_silent_nothing_is_remembered_so_that_it_is_tried_again() {
      TestTurn turn = sandbox().when("PROCESS_PAYMENT", pay("pm_sandbox_down"));

      assertThat(turn.failure()).isInstanceOf(PaymentProvider.ProviderException.class);
    }
  }

  @Nested
  class Declining {
    private final TestTurn declined =
        sandbox().when("PROCESS_PAYMENT", pay("pm_card_chargeDeclinedInsufficientFunds"));

    @Test
    void a_declined_payment_is_an_answer_and_an_event() {
      assertThat(declined.reply(OrderPayment.class).status()).isEqualTo(Status.DECLINED);
      assertThat(declined.emitted("PAYMENT_FAILED").at("/reason").stringValue())
          .isEqualTo("insufficient_funds");
      assertThat(declined.when("GET_TRANSACTION", ORDER).reply().at("/reason").stringValue())
          .isEqualTo("insufficient_funds");
    }

    @Test
    void it_may_be_tried_in_another_way_and_only_then() {
      TestTurn paid = declined.when("RETRY_PAYMENT", method("pm_card_visa"));

      assertThat(paid.reply(OrderPayment.class).status()).isEqualTo(Status.CAPTURED);
      assertThat(paid.when("RETRY_PAYMENT", method("pm_card_visa")).refusal().reason())
          .isEqualTo("NOT_DECLINED");
    }
  }

  @Nested
  class Refunding {
    private final TestTurn paid = payments.when("PROCESS_PAYMENT", pay);

    @Test
    void no_more_goes_back_than_came() {
      TestTurn part = paid.when("REFUND_PAYMENT", refund("50"));

      assertThat(part.when("REFUND_PAYMENT", refund("9.99")).refusal().reason())
          .isEqualTo("REFUND_TOO_LARGE");
      assertThat(part.when("REFUND_PAYMENT", ORDER).reply(OrderPayment.class).refunded())
          .isEqualTo("59.98");
    }

    @Test
    void all_of_it_twice_is_all_of_it_once() {
      TestTurn twice = paid.when("REFUND_PAYMENT", ORDER).when("REFUND_PAYMENT", ORDER);

      assertThat(twice.reply(OrderPayment.class).refunded()).isEqualTo("59.98");
      assertThat(twice.emitted()).isEmpty();
      assertThat(provider.refunds).hasSize(1);
    }

    @Test
    void a_charge_whose_answer_was_lost_goes_back_too() {
      payments.when("PROCESS_PAYMENT", pay).reply(); // and the node dies before its commit

      TestTurn refunded = payments.when("REFUND_PAYMENT", ORDER);

      assertThat(refunded.emitted("PAYMENT_REFUNDED").at("/amount").decimalValue())
          .isEqualTo("59.98");
      assertThat(provider.balance()).isZero();
    }
  }

  @Nested
  class Hearing {
    @Test
    void the_webhook_may_come_before_after_and_twice() {
      TestTurn before = payments.when("PAYMENT_WEBHOOK", webhook("pi_1", "captured"));
      TestTurn then = before.when("PROCESS_PAYMENT", pay);
      TestTurn twice = then.when("PAYMENT_WEBHOOK", webhook("pi_1", "captured"));

      assertThat(before.emitted("PAYMENT_PROCESSED").at("/transactionId").stringValue())
          .isEqualTo("pi_1");
      assertThat(then.emitted()).isEmpty();
      assertThat(twice.emitted()).isEmpty();
      assertThat(provider.charges).isEmpty();
    }

    @Test
    void it_ends_a_payment_that_is_pending() {
      TestTurn pending = sandbox().when("PROCESS_PAYMENT", pay("pm_sandbox_pending"));
      String id = pending.reply(OrderPayment.class).attempts().get(0).transactionId();

      assertThat(pending.emitted()).hasSize(1);
      assertThat(
              pending
                  .when("PAYMENT_WEBHOOK", webhook(String.valueOf(id), "captured"))
                  .state(OrderPayment.class)
                  .attempts())
          .hasSize(1)
          .allSatisfy(attempt -> assertThat(attempt.status()).isEqualTo(Status.CAPTURED));
    }

    @Test
    void money_that_comes_after_the_payment_was_called_off_goes_back() {
      TestTurn late =
          payments
              .when("REFUND_PAYMENT", ORDER)
              .when("PAYMENT_WEBHOOK", webhook("pi_1", "captured"));

      assertThat(late.emitted("PAYMENT_REFUNDED").at("/amount").decimalValue()).isEqualTo("59.98");
      assertThat(provider.refunds).hasSize(1);
    }
  }

  @Nested
  class Reconciling {
    private final TestTurn paid = payments.when("PROCESS_PAYMENT", pay);

    @Test
    void money_without_an_order_goes_back_by_itself() {
      TestTurn turn =
          payments
              .given(paid.state())
              .refusing("order", "GET_ORDER_STATUS", "UNKNOWN_ORDER", "there is no order o1")
              .when("RECONCILE_PAYMENT", ORDER);

      assertThat(paid.timer("reconciliation").dueAt()).isEqualTo("2026-01-01T00:30:00Z");
      assertThat(turn.emitted("PAYMENT_REFUNDED").at("/amount").decimalValue()).isEqualTo("59.98");
    }

    @Test
    void money_of_a_confirmed_order_stays_and_an_open_one_is_looked_at_again() {
      TestTurn confirmed = reconciling("confirmed");
      TestTurn open = reconciling("awaiting_payment");

      assertThat(confirmed.emitted()).isEmpty();
      assertThat(confirmed.timers()).isEmpty();
      assertThat(open.emitted()).isEmpty();
      assertThat(open.timers()).hasSize(1);
    }

    private TestTurn reconciling(String status) {
      return payments
          .given(paid.state())
          .answering("order", "GET_ORDER_STATUS", Map.of("orderId", "o1", "status", status))
          .when("RECONCILE_PAYMENT", ORDER);
    }
  }

  @Nested
  class Renewing {
    private final Map<String, Object> due =
        Map.of(
            "userId", "ann",
            "subscriptionId", "6f0c1a52-9d3b-4c57-8a11-0d9f7c1b2e34",
            "renewalId", "renewal-s-1",
            "orderId", "renewal-s-1-1",
            "plan", "Small",
            "period", 1,
            "attempt", 1,
            "amount", new BigDecimal("9.90"),
            "currency", "EUR");
    private final Map<String, Object> order = Map.of("orderId", "renewal-s-1-1");
    private final Map<String, Object> ask =
        Map.of(
            "orderId", "renewal-s-1-1",
            "userId", "ann",
            "amount", new BigDecimal("9.90"),
            "currency", "EUR",
            "method", "pm_card_visa");

    @Test
    void a_period_is_collected_in_the_usual_way() {
      TestTurn paid = with("pm_card_visa").when("SUBSCRIPTION_RENEWAL_DUE", due);

      assertThat(paid.emitted("PAYMENT_PROCESSED").at("/amount").decimalValue()).isEqualTo("9.90");
      assertThat(provider.calls).containsExactly("renewal-s-1-1/charge/1");
    }

    @Test
    void whoever_is_first_the_event_or_the_flow_it_is_charged_once() {
      TestTurn event = with("pm_card_visa").when("SUBSCRIPTION_RENEWAL_DUE", due);
      assertThat(event.when("PROCESS_PAYMENT", ask).emitted()).isEmpty();

      TestTurn flow = with("pm_card_visa").when("PROCESS_PAYMENT", ask);
      assertThat(flow.when("SUBSCRIPTION_RENEWAL_DUE", due).emitted()).isEmpty();
      assertThat(provider.charges).hasSize(1);
    }

    @Test
    void who_has_no_way_to_pay_is_not_charged_and_neither_is_what_was_called_off() {
      assertThat(with().when("SUBSCRIPTION_RENEWAL_DUE", due).emitted()).isEmpty();

      TestTurn voided = with("pm_card_visa").when("REFUND_PAYMENT", order);
      assertThat(voided.when("SUBSCRIPTION_RENEWAL_DUE", due).emitted()).isEmpty();
      assertThat(provider.charges).isEmpty();
    }

    @Test
    void what_no_renewal_stands_for_goes_back_and_the_rest_stays() {
      TestTurn paid = with("pm_card_visa").when("SUBSCRIPTION_RENEWAL_DUE", due);

      assertThat(
              looking(paid, "cancelled").emitted("PAYMENT_REFUNDED").at("/amount").decimalValue())
          .isEqualTo("9.90");
      assertThat(looking(paid, "paid").emitted()).isEmpty();
      assertThat(looking(paid, "due").timers()).hasSize(1);
    }

    private TestTurn looking(TestTurn paid, String status) {
      return payments
          .given(paid.state())
          .answering("billing", "GET_RENEWAL", Map.of("orderId", "renewal-s-1-1", "status", status))
          .when("RECONCILE_PAYMENT", order);
    }

    private TestActor with(String... methods) {
      Map<String, Object> wallet =
          Map.of("kind", "wallet", "userId", "ann", "methods", List.of(methods));
      return payments.answering("payment", "GET_PAYMENT_METHODS", wallet);
    }
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 10);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatever_is_asked_what_the_shop_has_is_what_the_provider_says(long seed) {
    Random random = new Random(seed);
    TestTurn turn = payments.when("PROCESS_PAYMENT", pay);
    for (int step = 0; step < 80; step++) {
      turn =
          switch (random.nextInt(4)) {
            case 0 -> turn.when("PROCESS_PAYMENT", pay);
            case 1 -> turn.when("PAYMENT_WEBHOOK", webhook("pi_1", "captured"));
            default -> turn.when("REFUND_PAYMENT", refund((1 + random.nextInt(900)) / 100.0 + ""));
          };
      turn = turn.when("GET_ORDER_PAYMENT", ORDER);
      OrderPayment payment = turn.reply(OrderPayment.class);
      assertThat(payment.captured()).isLessThanOrEqualTo(payment.authorised());
      assertThat(payment.refunded()).isLessThanOrEqualTo(payment.captured());
      assertThat(payment.left()).isEqualByComparingTo(provider.balance());
    }
  }

  @Test
  void a_user_has_ways_to_pay_the_last_added_first() {
    Map<String, Object> user = Map.of("userId", "u1");
    TestTurn turn =
        payments
            .when("ADD_PAYMENT_METHOD", Map.of("userId", "u1", "method", "pm_a"))
            .when("ADD_PAYMENT_METHOD", Map.of("userId", "u1", "method", "pm_b"));

    assertThat(turn.when("GET_PAYMENT_METHODS", user).reply())
        .hasToString(
            """
            {"kind":"wallet","userId":"u1","methods":["pm_b","pm_a"]}\
            """);
    assertThat(
            turn.when("REMOVE_PAYMENT_METHOD", Map.of("userId", "u1", "method", "pm_b"))
                .emitted("PAYMENT_METHOD_REMOVED"))
        .isNotNull();
  }

  private static TestActor actor(PaymentProvider provider) {
    return TestActor.of(Path.of("actors"), "payment", new PaymentActor(provider));
  }

  private static TestActor sandbox() {
    return actor(new SandboxProvider(outbox));
  }

  private static Map<String, Object> pay(String method) {
    return Map.of(
        "orderId", "o1",
        "userId", "u1",
        "amount", new BigDecimal("59.98"),
        "currency", "EUR",
        "method", method);
  }

  private static Map<String, Object> method(String method) {
    return Map.of("orderId", "o1", "method", method);
  }

  private static Map<String, Object> refund(String amount) {
    return Map.of("orderId", "o1", "amount", new BigDecimal(amount));
  }

  private static Map<String, Object> webhook(String transactionId, String outcome) {
    return Map.of(
        "orderId",
        "o1",
        "userId",
        "u1",
        "transactionId",
        transactionId,
        "outcome",
        outcome,
        "amount",
        new BigDecimal("59.98"),
        "currency",
        "EUR");
  }

  /** A provider that keeps its books by key, as real ones do. */
  private static final class Ledger implements PaymentProvider {
    private final List<String> calls = new ArrayList<>();
    private final Map<String, Charge.Captured> charges = new LinkedHashMap<>();
    private final Map<String, BigDecimal> refunds = new LinkedHashMap<>();

    @Override
    public Charge charge(ChargeRequest request, String idempotencyKey) {
      calls.add(idempotencyKey);
      return charges.computeIfAbsent(
          idempotencyKey,
          key -> new Charge.Captured("pi_" + (charges.size() + 1), request.amount()));
    }

    @Override
    public String refund(
        String transactionId, BigDecimal amount, String currency, String idempotencyKey) {
      refunds.putIfAbsent(idempotencyKey, amount);
      return "re_" + idempotencyKey.replace('/', '_');
    }

    @Override
    public Optional<Charge.Captured> find(String orderId) {
      return charges.values().stream().findFirst();
    }

    BigDecimal balance() {
      BigDecimal captured =
          charges.values().stream()
              .map(Charge.Captured::amount)
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      return captured.subtract(refunds.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    }
  }
}
