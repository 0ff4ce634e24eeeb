package shop.notification;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.BasicCredentials;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Twilio's own SDK against a server that writes down what arrives. */
class TwilioSmsTest {
  private static final String MESSAGES = "/2010-04-01/Accounts/AC1/Messages.json";
  private static final ResponseDefinitionBuilder TAKEN =
      aResponse().withStatus(201).withBody("{\"sid\":\"SM1\",\"status\":\"queued\"}");
  private static final Outgoing TEXT =
      new Outgoing(
          "u 1/SMS/welcome/m1", "u 1", "welcome", "m1", "+41791234567", "Hello", "Hello, Änn");

  @RegisterExtension
  static final WireMockExtension TWILIO =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private final SmsProvider provider = provider(Map.of());

  @Test
  void a_text_is_a_message_to_a_number_from_ours() {
    answers(TAKEN);

    assertThat(provider.send(TEXT)).isEqualTo("SM1");
    TWILIO.verify(
        1,
        postRequestedFor(urlPathEqualTo(MESSAGES))
            .withBasicAuth(new BasicCredentials("AC1", "token"))
            .withFormParam("To", equalTo("+41791234567"))
            .withFormParam("From", equalTo("+15005550006"))
            .withFormParam("Body", equalTo("Hello, Änn")));
  }

  @Test
  void twilio_is_told_where_to_report_when_the_shop_can_be_reached() {
    answers(TAKEN);

    provider(Map.of("SHOP_PUBLIC_URL", "https://shop.example", "TWILIO_FROM", "MG1")).send(TEXT);

    TWILIO.verify(
        postRequestedFor(urlPathEqualTo(MESSAGES))
            .withFormParam("MessagingServiceSid", equalTo("MG1"))
            .withFormParam(
                "StatusCallback",
                equalTo(
                    "https://shop.example/api/webhooks/twilio"
                        + "?userId=u%201&template=welcome&cause=m1")));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void a_provider_that_is_busy_is_asked_again_after_as_long_as_it_says(int status) {
    answersFirst(aResponse().withStatus(status).withHeader("Retry-After", "1"));
    long start = System.nanoTime();

    assertThat(provider.send(TEXT)).isEqualTo("SM1");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(990));
    TWILIO.verify(2, postRequestedFor(urlPathEqualTo(MESSAGES)));
  }

  @Test
  void a_provider_that_stays_busy_is_left_to_the_delivery() {
    answers(aResponse().withStatus(503).withBody("busy"));

    assertThatThrownBy(() -> provider.send(TEXT))
        .isInstanceOfSatisfying(
            ProviderException.class, failure -> assertThat(failure.isRefusal()).isFalse())
        .hasMessageContaining("Twilio answered 503: busy");
    TWILIO.verify(3, postRequestedFor(urlPathEqualTo(MESSAGES)));
  }

  @Test
  void a_number_that_is_none_is_refused_at_once() {
    answers(aResponse().withStatus(400).withBody("{\"code\":21211,\"message\":\"no number\"}"));

    assertThatThrownBy(() -> provider.send(TEXT))
        .isInstanceOfSatisfying(
            ProviderException.class, failure -> assertThat(failure.isRefusal()).isTrue())
        .hasMessageContaining("no number");
    TWILIO.verify(1, postRequestedFor(urlPathEqualTo(MESSAGES)));
  }

  @Test
  void a_wrong_token_is_the_shops_fault_and_no_refusal_of_the_text() {
    answers(aResponse().withStatus(401));

    assertThatThrownBy(() -> provider.send(TEXT))
        .isInstanceOfSatisfying(
            ProviderException.class, failure -> assertThat(failure.isRefusal()).isFalse());
  }

  @Test
  void a_text_whose_answer_is_lost_isnt_sent_again_in_the_same_turn() {
    answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    assertThatThrownBy(() -> provider.send(TEXT))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("no answer from Twilio");
    TWILIO.verify(1, postRequestedFor(urlPathEqualTo(MESSAGES)));
  }

  private static SmsProvider provider(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("TWILIO_ACCOUNT_SID", "AC1");
    environment.put("TWILIO_AUTH_TOKEN", "token");
    environment.put("TWILIO_API_BASE", TWILIO.baseUrl());
    return TwilioSms.of(environment, new Patience(3, Duration.ofMillis(1), Duration.ofSeconds(2)));
  }

  private static void answers(ResponseDefinitionBuilder answer) {
    TWILIO.stubFor(post(urlPathEqualTo(MESSAGES)).willReturn(answer));
  }

  private static void answersFirst(ResponseDefinitionBuilder answer) {
    TWILIO.stubFor(
        post(urlPathEqualTo(MESSAGES))
            .inScenario("busy")
            .whenScenarioStateIs("Started")
            .willSetStateTo("free")
            .willReturn(answer));
    TWILIO.stubFor(
        post(urlPathEqualTo(MESSAGES))
            .inScenario("busy")
            .whenScenarioStateIs("free")
            .willReturn(TAKEN));
  }
}
