package shop.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.message.Message;
import dev.relay.testkit.TestActor;
import dev.relay.testkit.TestTurn;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BillingActorTest {
  private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");
  private static final TestActor BILLING =
      TestActor.of(Path.of("actors"), "billing", new BillingActor()).at(NOW);

  private final TestTurn ann =
      BILLING.when(
          "USER_REGISTERED",
          Map.of("userId", "ann", "email", "ann@example.com", "name", "Ann", "marketing", false));

  @Nested
  class Customers {
    @Test
    void every_user_is_one_and_only_once() {
      TestTurn again = ann.when("CREATE_CUSTOMER", Map.of("userId", "ann", "name", "Other"));

      assertThat(ann.emitted("CUSTOMER_CREATED").at("/name").stringValue()).isEqualTo("Ann");
      assertThat(again.emitted()).isEmpty();
      assertThat(again.reply().at("/name").stringValue()).isEqualTo("Ann");
    }

    @Test
    void of_an_erased_one_invoices_stay_and_nothing_else() {
      TestTurn gone =
          issue(ann.when("GENERATE_INVOICE", invoice("o1")))
              .when("CREATE_SUBSCRIPTION", plan())
              .when("USER_ERASED", Map.of("userId", "ann"));

      assertThat(gone.state(Account.class).customer())
          .isEqualTo(new Account.Customer(null, null, true));
      assertThat(gone.state(Account.class).documents()).hasSize(1);
      assertThat(gone.emitted("SUBSCRIPTION_CANCELLED")).isNotNull();
    }
  }

  @Nested
  class Subscriptions {
    private final TestTurn begun = ann.when("CREATE_SUBSCRIPTION", plan());
    private final TestTurn paid = begun.when("PAYMENT_PROCESSED", payment(begun));

    @Test
    void the_first_period_is_due_at_once() {
      assertThat(begun.emitted())
          .extracting(Message::type)
          .containsExactly("SUBSCRIPTION_CREATED", "SUBSCRIPTION_RENEWAL_DUE");
      assertThat(subscription(begun).status()).isEqualTo(Subscription.Status.DUE);
    }

    @Test
    void who_has_paid_has_an_invoice_and_a_timer_for_the_next_period() {
      assertThat(paid.emitted("SUBSCRIPTION_RENEWED").at("/period").intValue()).isEqualTo(1);
      assertThat(paid.emitted("DOCUMENT_DRAFTED").at("/total")).hasToString("9.90");
      assertThat(paid.timer(id()).dueAt()).isEqualTo("2026-02-28T10:00:00Z");
    }

    @Test
    void a_payment_that_is_told_twice_renews_once() {
      TestTurn again = paid.when("PAYMENT_PROCESSED", payment(begun));

      assertThat(again.emitted()).isEmpty();
      assertThat(again.timers()).isEmpty();
    }

    @Test
    void a_payment_of_an_order_is_none_of_its_business() {
      TestTurn turn = begun.when("PAYMENT_PROCESSED", payment("o1"));

      assertThat(turn.emitted()).isEmpty();
      assertThat(turn.state()).isEqualTo(begun.state());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void each_period_is_renewed_once_whatever_the_timer_does(long seed) {
      Random random = new Random(seed);
      TestTurn turn = paid;
      int due = 1;
      for (int i = 0; i < 80; i++) {
        turn = turn.when("RENEW_SUBSCRIPTION", renew(random.nextInt(12), random.nextInt(3)));
        if (!turn.emitted().isEmpty()) {
          due++;
          JsonNode renewal = turn.emitted("SUBSCRIPTION_RENEWAL_DUE");
          assertThat(renewal.at("/period").intValue()).isEqualTo(due);
          turn = turn.when("PAYMENT_PROCESSED", payment(turn));
        }
      }
      assertThat(subscription(turn).period()).isEqualTo(due);
    }

    @Test
    void who_does_not_pay_is_asked_again_after_1_3_5_and_7_days_and_then_it_ends() {
      Instant now = NOW;
      TestTurn turn = begun;
      for (int days : List.of(1, 3, 5, 7)) {
        TestTurn failed = at(now, turn).when("PAYMENT_FAILED", failure(turn));
        assertThat(failed.timer(id()).dueAt()).isEqualTo(NOW.plus(Duration.ofDays(days)));
        assertThat(failed.emitted("PAYMENT_REMINDER_SENT")).isNotNull();
        now = failed.timer(id()).dueAt();
        JsonNode renew = failed.timer(id()).message().payload();
        turn = at(now, failed).when("RENEW_SUBSCRIPTION", renew);
        assertThat(turn.emitted("SUBSCRIPTION_RENEWAL_DUE").at("/period").intValue()).isEqualTo(1);
      }
      TestTurn last = at(now, turn).when("PAYMENT_FAILED", failure(turn));

      assertThat(last.emitted("SUBSCRIPTION_CANCELLED").at("/reason").stringValue())
          .isEqualTo("UNPAID");
      assertThat(subscription(last).isCancelled()).isTrue();
    }

    @Test
    void who_pays_at_last_goes_on_as_if_nothing_had_been() {
      TestTurn failed = begun.when("PAYMENT_FAILED", failure(begun));
      TestTurn retried = failed.when("RENEW_SUBSCRIPTION", renew(1, 2));
      TestTurn late = retried.when("PAYMENT_PROCESSED", payment(begun));
      TestTurn now = retried.when("PAYMENT_PROCESSED", payment(retried));

      assertThat(late.emitted()).as("the first attempt was answered already").isEmpty();
      assertThat(now.emitted("SUBSCRIPTION_RENEWED")).isNotNull();
      assertThat(now.emitted("DOCUMENT_DRAFTED").at("/documentId").stringValue())
          .isEqualTo("renewal-" + id() + "-1");
    }

    @Test
    void the_flow_and_the_payment_may_both_say_that_it_is_paid() {
      TestTurn told = begun.when("RENEWAL_PAID", order(begun));

      assertThat(told.emitted("SUBSCRIPTION_RENEWED")).isNotNull();
      assertThat(told.when("PAYMENT_PROCESSED", payment(begun)).emitted()).isEmpty();
      assertThat(paid.when("RENEWAL_PAID", order(begun)).emitted()).isEmpty();
    }

    @Test
    void what_was_cancelled_meanwhile_or_paid_otherwise_cannot_be_paid() {
      Map<String, Object> which = Map.of("userId", "ann", "subscriptionId", id());
      TestTurn cancelled = begun.when("CANCEL_SUBSCRIPTION", which);
      TestTurn second =
          begun.when("PAYMENT_FAILED", failure(begun)).when("RENEW_SUBSCRIPTION", renew(1, 2));
      TestTurn paidBySecond = second.when("PAYMENT_PROCESSED", payment(second));

      assertThat(cancelled.when("RENEWAL_PAID", order(begun)).refusal().reason())
          .isEqualTo("NOT_DUE");
      assertThat(paidBySecond.when("RENEWAL_PAID", order(begun)).refusal().reason())
          .isEqualTo("NOT_DUE");
    }

    @Test
    void it_says_of_every_order_whether_it_paid_a_period() {
      Map<String, Object> which = Map.of("userId", "ann", "subscriptionId", id());
      TestTurn next = paid.when("RENEW_SUBSCRIPTION", renew(2, 1));

      assertThat(renewal(begun, order(begun))).isEqualTo("due");
      assertThat(renewal(paid, order(begun))).isEqualTo("paid");
      assertThat(renewal(next, order(begun))).isEqualTo("paid");
      assertThat(renewal(next, order(next))).isEqualTo("due");
      assertThat(renewal(paid.when("CANCEL_SUBSCRIPTION", which), order(begun))).isEqualTo("paid");
      assertThat(renewal(begun.when("CANCEL_SUBSCRIPTION", which), order(begun)))
          .isEqualTo("cancelled");
    }

    private static String renewal(TestTurn turn, Map<String, Object> order) {
      return turn.when("GET_RENEWAL", order).reply().at("/status").stringValue();
    }

    private static Map<String, Object> order(TestTurn due) {
      return Map.of("userId", "ann", "orderId", orderId(due));
    }

    @Test
    void another_plan_counts_from_the_next_period_on() {
      Map<String, Object> large =
          Map.of("userId", "ann", "subscriptionId", id(), "plan", "Large", "price", 19.9);
      TestTurn changed = paid.when("CHANGE_PLAN", large);
      TestTurn next = changed.when("RENEW_SUBSCRIPTION", renew(2, 1));

      assertThat(subscription(changed).plan()).isEqualTo("Small");
      assertThat(next.emitted("SUBSCRIPTION_RENEWAL_DUE").at("/amount")).hasToString("19.90");
      assertThat(subscription(next).plan()).isEqualTo("Large");
    }

    @Test
    void a_cancelled_one_stays_so_and_its_timer_is_called_off() {
      Map<String, Object> which = Map.of("userId", "ann", "subscriptionId", id());
      TestTurn cancelled = paid.when("CANCEL_SUBSCRIPTION", which);
      TestTurn again = cancelled.when("CANCEL_SUBSCRIPTION", which);
      TestTurn renewed = again.when("RENEW_SUBSCRIPTION", renew(2, 1));

      assertThat(cancelled.timers()).hasSize(1);
      assertThat(again.emitted()).isEmpty();
      assertThat(renewed.emitted()).isEmpty();
    }

    private String id() {
      return subscription(begun).subscriptionId();
    }

    private Map<String, Object> renew(int period, int attempt) {
      return Map.of("userId", "ann", "subscriptionId", id(), "period", period, "attempt", attempt);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T10:00:00Z, 1, 2026-02-28T10:00:00Z",
    "2026-01-31T10:00:00Z, 2, 2026-03-31T10:00:00Z",
    "2026-01-31T10:00:00Z, 25, 2028-02-29T10:00:00Z",
  })
  void months_come_back_to_the_day_on_which_they_began(Instant start, int periods, Instant end) {
    assertThat(Subscription.Interval.MONTH.end(start, periods)).isEqualTo(end);
  }

  @Nested
  class Documents {
    private final TestTurn drafted = ann.when("GENERATE_INVOICE", invoice("o1"));
    private final TestTurn issued = issue(drafted);

    @Test
    void an_invoice_is_drafted_once_for_an_order() {
      TestTurn again = drafted.when("GENERATE_INVOICE", invoice("o1"));

      assertThat(drafted.emitted("DOCUMENT_DRAFTED").at("/total")).hasToString("25.50");
      assertThat(again.emitted()).isEmpty();
      assertThat(again.reply()).isEqualTo(drafted.reply());
    }

    @Test
    void shipping_tax_and_discount_are_lines_of_their_own_and_nothing_is_no_line() {
      TestTurn turn =
          BILLING.when(
              "GENERATE_INVOICE", with(invoice("o1"), "\"shipping\":4.9,\"tax\":0,\"discount\":3"));

      assertThat(turn.reply().at("/total").decimalValue()).isEqualByComparingTo("27.40");
      assertThat(turn.reply().at("/lines").valueStream().map(line -> line.at("/name").asString()))
          .containsExactly("Lamp", "Shade", "Shipping", "Discount");
    }

    @Test
    void an_invoice_below_zero_is_refused() {
      TestTurn turn = BILLING.when("GENERATE_INVOICE", with(invoice("o1"), "\"discount\":25.51"));

      assertThat(turn.refusal().reason()).isEqualTo("INVOICE_NEGATIVE");
    }

    @Test
    void a_series_counts_without_a_gap() {
      JsonNode draft = drafted.emitted("DOCUMENT_DRAFTED");
      TestTurn turn = BILLING.when("DOCUMENT_DRAFTED", draft);
      for (int number = 1; number <= 100; number++) {
        assertThat(turn.emitted("INVOICE_GENERATED").at("/number").stringValue())
            .isEqualTo("INV-2026-%06d".formatted(number));
        turn = turn.when("DOCUMENT_DRAFTED", draft);
      }
    }

    @Test
    void a_final_invoice_never_changes() {
      TestTurn other =
          BILLING
              .given(Map.of("kind", "numbers", "last", 41))
              .when("DOCUMENT_DRAFTED", drafted.emitted("DOCUMENT_DRAFTED"));

      TestTurn overwritten = issued.when("INVOICE_GENERATED", other.emitted("INVOICE_GENERATED"));
      TestTurn again = overwritten.when("GENERATE_INVOICE", invoice("o1"));

      assertThat(overwritten.state()).isEqualTo(issued.state());
      assertThat(again.reply().at("/number").stringValue()).isEqualTo("INV-2026-000001");
    }

    @Test
    void what_is_refunded_is_taken_back_by_a_credit_note_once() {
      TestTurn refunded = issued.when("PAYMENT_REFUNDED", refund());
      TestTurn again = refunded.when("PAYMENT_REFUNDED", refund());
      TestTurn asked = again.when("ISSUE_CREDIT_NOTE", creditNote("r1", "5"));

      assertThat(refunded.emitted("DOCUMENT_DRAFTED").at("/kind").stringValue())
          .isEqualTo("credit_note");
      assertThat(again.emitted()).isEmpty();
      assertThat(asked.emitted()).isEmpty();
    }

    @Test
    void no_more_is_taken_back_than_was_invoiced() {
      TestTurn some = issued.when("ISSUE_CREDIT_NOTE", creditNote("r1", "20.00"));
      TestTurn more = some.when("ISSUE_CREDIT_NOTE", creditNote("r2", "5.51"));
      TestTurn rest = some.when("ISSUE_CREDIT_NOTE", creditNote("r2", "5.50"));
      TestTurn shown = rest.when("GET_INVOICE", Map.of("userId", "ann", "orderId", "o1"));

      assertThat(more.refusal().reason()).isEqualTo("MORE_THAN_INVOICED");
      assertThat(shown.reply().at("/creditNotes")).hasSize(2);
    }

    @Test
    void a_refund_without_an_invoice_needs_no_credit_note() {
      assertThat(ann.when("PAYMENT_REFUNDED", refund()).emitted()).isEmpty();
    }
  }

  /** As the series does it, and back. */
  private static TestTurn issue(TestTurn drafted) {
    TestTurn numbered = BILLING.when("DOCUMENT_DRAFTED", drafted.emitted("DOCUMENT_DRAFTED"));
    return drafted.when("INVOICE_GENERATED", numbered.emitted("INVOICE_GENERATED"));
  }

  private static TestActor at(Instant time, TestTurn turn) {
    return BILLING.given(turn.state()).at(time);
  }

  private static Subscription subscription(TestTurn turn) {
    return turn.state(Account.class).subscriptions().get(0);
  }

  private static Map<String, Object> plan() {
    return Map.of(
        "userId", "ann", "plan", "Small", "price", 9.9, "currency", "EUR", "interval", "month");
  }

  private static String orderId(TestTurn due) {
    return due.emitted("SUBSCRIPTION_RENEWAL_DUE").at("/orderId").stringValue();
  }

  private static Map<String, Object> payment(TestTurn due) {
    return payment(orderId(due));
  }

  private static Map<String, Object> payment(String orderId) {
    return Map.of(
        "orderId", orderId,
        "userId", "ann",
        "transactionId", "t1",
        "amount", 9.9,
        "currency", "EUR");
  }

  private static Map<String, Object> failure(TestTurn due) {
    return Map.of(
        "orderId", orderId(due),
        "userId", "ann",
        "amount", 9.9,
        "currency", "EUR",
        "reason", "card_declined");
  }

  private static Map<String, Object> refund() {
    return Map.of(
        "orderId", "o1",
        "userId", "ann",
        "refundId", "r1",
        "amount", 5,
        "currency", "EUR",
        "reason", "cancelled");
  }

  private static String creditNote(String refundId, String amount) {
    return """
    {"userId":"ann","orderId":"o1","refundId":"%s","amount":%s,"reason":"Damaged"}
    """
        .formatted(refundId, amount);
  }

  private static String with(String payload, String more) {
    return payload.strip().replaceFirst("}$", "," + more + "}");
  }

  private static String invoice(String orderId) {
    return """
    {"userId":"ann","orderId":"%s","currency":"EUR",
     "lines":[{"name":"Lamp","quantity":2,"price":10},{"name":"Shade","quantity":1,"price":5.5}]}
    """
        .formatted(orderId);
  }
}
