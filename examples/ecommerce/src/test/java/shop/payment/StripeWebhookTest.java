package shop.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shop.payment.StripeEvents.SECRET;
import static shop.payment.StripeEvents.event;
import static shop.payment.StripeEvents.failed;
import static shop.payment.StripeEvents.intent;
import static shop.payment.StripeEvents.signature;
import static shop.payment.StripeEvents.succeeded;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.node.SendRequest;
import dev.relay.server.webhook.WebhookCall;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StripeWebhookTest {
  private final StripeWebhook webhook = new StripeWebhook(Map.of("STRIPE_WEBHOOK_SECRET", SECRET));

  @Test
  void money_that_came_is_told_under_the_id_of_the_event() {
    List<SendRequest> told = receive(succeeded("evt_1", "o1", "pi_1"));

    assertThat(told).hasSize(1);
    assertThat(told.get(0).requestId()).isEqualTo("stripe/evt_1");
    assertThat(told.get(0).event()).isEqualTo("PAYMENT_WEBHOOK");
    assertThat(told.get(0).payload())
        .hasToString(
            "{\"orderId\":\"o1\",\"userId\":\"u1\",\"transactionId\":\"pi_1\","
                + "\"outcome\":\"captured\",\"amount\":59.98,\"currency\":\"EUR\","
                + "\"method\":\"pm_card_visa\"}");
  }

  @Test
  void money_that_wont_come_is_told_with_the_reason_of_the_bank() {
    SendRequest told = receive(failed("evt_2", "o1", "pi_1")).get(0);

    assertThat(told.payload().path("outcome").asString()).isEqualTo("declined");
    assertThat(told.payload().path("reason").asString()).isEqualTo("insufficient_funds");
  }

  @Test
  void what_is_of_no_interest_is_acknowledged() {
    assertThat(receive(event("evt_3", "customer.created", "{\"object\":\"customer\"}"))).isEmpty();
  }

  @Test
  void money_of_another_application_is_acknowledged() {
    String foreign = intent("o1", "pi_1", "").replaceAll("\"orderId\":\"o1\",", "");

    assertThat(receive(event("evt_4", "payment_intent.succeeded", foreign))).isEmpty();
  }

  @Test
  void a_signature_by_another_secret_is_refused() {
    String body = succeeded("evt_5", "o1", "pi_1");

    refused(() -> webhook.receive(call(body, signature(body, "whsec_other", Instant.now()))));
  }

  @Test
  void a_body_that_was_changed_by_one_byte_is_refused() {
    String body = succeeded("evt_6", "o1", "pi_1");
    String signature = signature(body, SECRET, Instant.now());

    refused(() -> webhook.receive(call(body.replace("5998", "9998"), signature)));
    refused(() -> webhook.receive(call(body + " ", signature)));
  }

  @Test
  void a_signature_that_is_too_old_is_refused() {
    String body = succeeded("evt_7", "o1", "pi_1");
    Instant old = Instant.now().minusSeconds(3600);

    refused(() -> webhook.receive(call(body, signature(body, SECRET, old))));
  }

  @Test
  void a_call_without_a_signature_is_refused() {
    refused(() -> webhook.receive(new WebhookCall("/", "", Map.of(), bytes("{}"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "7", "[]", "{", "{\"object\":\"event\"}"})
  void what_is_no_event_is_refused_however_it_is_signed(String body) {
    refused(() -> webhook.receive(call(body, "t=1,v1=00")));
    refused(() -> webhook.receive(call(body, "nonsense")));
  }

  @Test
  void without_its_secret_nothing_is_taken() {
    StripeWebhook unset = new StripeWebhook(Map.of());

    assertThatThrownBy(() -> unset.receive(call("{}", "t=1,v1=00")))
        .isInstanceOfSatisfying(
            RelayException.class,
            problem -> assertThat(problem.code()).isEqualTo(ErrorCode.WEBHOOK_NOT_CONFIGURED))
        .hasMessageContaining("STRIPE_WEBHOOK_SECRET");
  }

  private List<SendRequest> receive(String body) {
    return webhook.receive(call(body, signature(body, SECRET, Instant.now())));
  }

  private static void refused(ThrowingCallable receiving) {
    assertThatThrownBy(receiving)
        .isInstanceOfSatisfying(
            RelayException.class,
            problem -> assertThat(problem.code()).isEqualTo(ErrorCode.WEBHOOK_REFUSED));
  }

  private static WebhookCall call(String body, String signature) {
    return new WebhookCall(
        "/api/webhooks/stripe", "", Map.of("Stripe-Signature", signature), bytes(body));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
