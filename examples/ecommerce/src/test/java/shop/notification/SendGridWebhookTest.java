package shop.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.node.SendRequest;
import dev.relay.server.webhook.WebhookCall;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendGridWebhookTest {
  private static final SendGridSigner SIGNER = new SendGridSigner();

  private final SendGridWebhook webhook = webhook(SIGNER.publicKey());

  @Test
  void reports_of_mails_are_told_under_the_ids_of_the_events() {
    List<SendRequest> told =
        receive(
            """
            [{"event":"delivered","sg_event_id":"e1","email":"ann@example.com",
              "userId":"u1","template":"welcome","cause":"m1"},
             {"event":"bounce","type":"bounce","reason":"550 no such user","sg_event_id":"e2",
              "userId":"u2","template":"welcome","cause":"m2"}]
            """);

    assertThat(told)
        .extracting(SendRequest::requestId)
        .containsExactly("sendgrid/e1", "sendgrid/e2");
    assertThat(told).extracting(SendRequest::event).containsOnly("PROVIDER_CALLBACK");
    assertThat(told.get(1).payload())
        .hasToString(
            "{\"userId\":\"u2\",\"channel\":\"email\",\"template\":\"welcome\",\"cause\":\"m2\","
                + "\"outcome\":\"bounced\",\"reason\":\"550 no such user\"}");
  }

  @Test
  void what_says_nothing_final_or_is_no_mail_of_the_shop_is_acknowledged() {
    assertThat(
            receive(
                """
                [{"event":"open","sg_event_id":"e1","userId":"u1","template":"t","cause":"m"},
                 {"event":"bounce","type":"blocked","sg_event_id":"e2",
                  "userId":"u1","template":"t","cause":"m"},
                 {"event":"delivered","sg_event_id":"e3"}, 7, null]
                """))
        .isEmpty();
  }

  @Test
  void a_reason_is_cut_to_what_the_contract_takes() {
    String event =
        """
        [{"event":"bounce","reason":"%s","sg_event_id":"e1",
          "userId":"u1","template":"t","cause":"m"}]
        """
            .formatted("x".repeat(5000));

    assertThat(receive(event).get(0).payload().path("reason").asString()).hasSize(500);
  }

  @Test
  void a_signature_by_another_key_or_over_another_body_is_refused() {
    refused(() -> webhook.receive(new SendGridSigner().call("[]")));
    WebhookCall genuine = SIGNER.call("[]");
    refused(
        () -> webhook.receive(new WebhookCall("/", "", genuine.headers(), "[7]".getBytes(UTF_8))));
    refused(() -> webhook.receive(new WebhookCall("/", "", Map.of(), "[]".getBytes(UTF_8))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "7", "[", "null"})
  void what_is_no_list_of_events_is_refused(String body) {
    refused(() -> webhook.receive(SIGNER.call(body)));
  }

  @Test
  void without_its_key_nothing_is_taken() {
    assertThatThrownBy(() -> webhook("").receive(SIGNER.call("[]")))
        .isInstanceOfSatisfying(
            RelayException.class,
            problem -> assertThat(problem.code()).isEqualTo(ErrorCode.WEBHOOK_NOT_CONFIGURED))
        .hasMessageContaining("SENDGRID_WEBHOOK_PUBLIC_KEY");
  }

  private List<SendRequest> receive(String body) {
    return webhook.receive(SIGNER.call(body));
  }

  private static SendGridWebhook webhook(String key) {
    return new SendGridWebhook(Map.of("SENDGRID_WEBHOOK_PUBLIC_KEY", key));
  }

  private static void refused(ThrowingCallable receiving) {
    assertThatThrownBy(receiving)
        .isInstanceOfSatisfying(
            RelayException.class,
            problem -> assertThat(problem.code()).isEqualTo(ErrorCode.WEBHOOK_REFUSED));
  }
}
