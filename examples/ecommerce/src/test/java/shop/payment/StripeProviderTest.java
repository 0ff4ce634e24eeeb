package shop.payment;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import shop.payment.PaymentProvider.Charge;
import shop.payment.PaymentProvider.ChargeRequest;
import shop.payment.PaymentProvider.ProviderException;

/** Stripe's own SDK against a server that writes down what arrives. */
class StripeProviderTest {
  private static final String INTENTS = "/v1/payment_intents";
  private static final ChargeRequest REQUEST =
      new ChargeRequest("o1", "u1", new BigDecimal("59.98"), "EUR", "pm_card_visa");

  @RegisterExtension
  static final WireMockExtension STRIPE =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private final PaymentProvider provider = StripeProvider.of("sk_test_x", STRIPE.baseUrl());

  @Test
  void a_charge_is_an_intent_confirmed_at_once_under_the_key_of_the_attempt() {
    STRIPE.stubFor(post(urlPathEqualTo(INTENTS)).willReturn(okJson(intent("succeeded"))));

    Charge charge = provider.charge(REQUEST, "o1/charge/1");

    assertThat(charge).isEqualTo(new Charge.Captured("pi_1", new BigDecimal("59.98")));
    STRIPE.verify(
        1,
        postRequestedFor(urlPathEqualTo(INTENTS))
            .withHeader("Idempotency-Key", equalTo("o1/charge/1"))
            .withHeader("Authorization", equalTo("Bearer sk_test_x"))
            .withRequestBody(containing("amount=5998"))
            .withRequestBody(containing("currency=eur"))
            .withRequestBody(containing("confirm=true"))
            .withRequestBody(containing("payment_method=pm_card_visa")));
  }

  @Test
  void a_declined_card_is_an_answer_with_the_reason_of_the_bank() {
    STRIPE.stubFor(
        post(urlPathEqualTo(INTENTS))
            .willReturn(
                aResponse()
                    .withStatus(402)
                    .withBody(
                        """
                        {"error":{"type":"card_error","code":"card_declined",
                         "decline_code":"insufficient_funds","message":"no"}}\
                        """)));

    assertThat(provider.charge(REQUEST, "k"))
        .isEqualTo(new Charge.Declined(null, "insufficient_funds"));
  }

  @Test
  void a_declined_card_names_its_intent_as_the_webhook_will() {
    STRIPE.stubFor(
        post(urlPathEqualTo(INTENTS))
            .willReturn(
                aResponse()
                    .withStatus(402)
                    .withBody(
                        """
                        {"error":{"type":"card_error","code":"card_declined","message":"no",
                         "payment_intent":%s}}\
                        """
                            .formatted(intent("requires_payment_method")))));

    assertThat(provider.charge(REQUEST, "k"))
        .isEqualTo(new Charge.Declined("pi_1", "card_declined"));
  }

  @Test
  void what_takes_longer_is_pending() {
    STRIPE.stubFor(post(urlPathEqualTo(INTENTS)).willReturn(okJson(intent("processing"))));

    assertThat(provider.charge(REQUEST, "k")).isEqualTo(new Charge.Pending("pi_1"));
  }

  @Test
  void a_connection_that_breaks_is_tried_again_under_the_same_key() {
    STRIPE.stubFor(
        post(urlPathEqualTo(INTENTS))
            .inScenario("break")
            .whenScenarioStateIs("Started")
            .willSetStateTo("mended")
            .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    STRIPE.stubFor(
        post(urlPathEqualTo(INTENTS))
            .inScenario("break")
            .whenScenarioStateIs("mended")
            .willReturn(okJson(intent("succeeded"))));

    assertThat(provider.charge(REQUEST, "o1/charge/1")).isInstanceOf(Charge.Captured.class);
    STRIPE.verify(
        2,
        postRequestedFor(urlPathEqualTo(INTENTS))
            .withHeader("Idempotency-Key", equalTo("o1/charge/1")));
  }

  @Test
  void an_error_of_the_provider_is_no_answer() {
    STRIPE.stubFor(
        post(urlPathEqualTo(INTENTS))
            .willReturn(
                aResponse().withStatus(401).withBody("{\"error\":{\"message\":\"bad key\"}}")));

    assertThatThrownBy(() -> provider.charge(REQUEST, "k"))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("bad key");
  }

  @Test
  void a_refund_names_its_charge_and_its_amount() {
    STRIPE.stubFor(
        post(urlPathEqualTo("/v1/refunds"))
            .willReturn(okJson("{\"id\":\"re_1\",\"object\":\"refund\"}")));

    assertThat(provider.refund("pi_1", new BigDecimal("9.90"), "EUR", "o1/refund/1"))
        .isEqualTo("re_1");
    STRIPE.verify(
        postRequestedFor(urlPathEqualTo("/v1/refunds"))
            .withHeader("Idempotency-Key", equalTo("o1/refund/1"))
            .withRequestBody(containing("payment_intent=pi_1"))
            .withRequestBody(containing("amount=990")));
  }

  @Test
  void a_charge_is_found_by_its_order() {
    STRIPE.stubFor(
        get(urlPathEqualTo(INTENTS + "/search"))
            .willReturn(
                okJson(
                    "{\"object\":\"search_result\",\"has_more\":false,\"data\":["
                        + intent("succeeded")
                        + "]}")));

    assertThat(provider.find("o1")).contains(new Charge.Captured("pi_1", new BigDecimal("59.98")));
  }

  private static String intent(String status) {
    return """
    {"id":"pi_1","object":"payment_intent","status":"%s","amount":5998,"amount_received":5998,
     "currency":"eur"}\
    """
        .formatted(status);
  }
}
