package shop.notification;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SendGrid's own SDK against a server that writes down what arrives. */
class SendGridMailTest {
  private static final String SEND = "/v3/mail/send";
  private static final Outgoing MAIL =
      new Outgoing(
          "u1/EMAIL/welcome/m1", "u1", "welcome", "m1", "ann@example.com", "Hello", "Hello, Änn");

  @RegisterExtension
  static final WireMockExtension SENDGRID =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private final EmailProvider provider =
      SendGridMail.of(
          Map.of(
              "SENDGRID_API_KEY", "SG.x",
              "SENDGRID_API_BASE", SENDGRID.baseUrl(),
              "SENDGRID_FROM", "shop@example.com"),
          new Patience(3, Duration.ofMillis(1), Duration.ofSeconds(2)));

  @Test
  void a_mail_carries_its_id_and_what_its_reports_will_name_it_by() {
    answers(aResponse().withStatus(202).withHeader("X-Message-Id", "sg-1"));

    assertThat(provider.send(MAIL)).isEqualTo("sg-1");
    SENDGRID.verify(
        1,
        postRequestedFor(urlPathEqualTo(SEND))
            .withHeader("Authorization", equalTo("Bearer SG.x"))
            .withRequestBody(
                equalToJson(
                    """
                    {"from":{"email":"shop@example.com"},"subject":"Hello",
                     "personalizations":[{"to":[{"email":"ann@example.com"}]}],
                     "content":[{"type":"text/plain","value":"Hello, Änn"}],
                     "headers":{"X-Shop-Message":"u1/EMAIL/welcome/m1"},
                     "custom_args":{"userId":"u1","template":"welcome","cause":"m1"}}
                    """)));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void a_provider_that_is_busy_is_asked_again_after_as_long_as_it_says(int status) {
    answersFirst(aResponse().withStatus(status).withHeader("Retry-After", "1"));
    long start = System.nanoTime();

    assertThat(provider.send(MAIL)).isEqualTo("sg-2");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(990));
    SENDGRID.verify(2, postRequestedFor(urlPathEqualTo(SEND)));
  }

  @Test
  void a_provider_that_stays_busy_is_left_to_the_delivery() {
    answers(aResponse().withStatus(503).withBody("busy"));

    assertThatThrownBy(() -> provider.send(MAIL))
        .isInstanceOfSatisfying(
            ProviderException.class, failure -> assertThat(failure.isRefusal()).isFalse())
        .hasMessageContaining("SendGrid answered 503: busy");
    SENDGRID.verify(3, postRequestedFor(urlPathEqualTo(SEND)));
  }

  @Test
  void a_provider_that_wants_more_time_than_a_turn_has_is_left_to_the_delivery() {
    answers(aResponse().withStatus(429).withHeader("Retry-After", "3600"));

    assertThatThrownBy(() -> provider.send(MAIL))
        .isInstanceOfSatisfying(
            ProviderException.class, failure -> assertThat(failure.isRefusal()).isFalse());
    SENDGRID.verify(1, postRequestedFor(urlPathEqualTo(SEND)));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413})
  void what_it_will_never_take_is_refused_at_once(int status) {
    answers(aResponse().withStatus(status).withBody("{\"errors\":[{\"message\":\"bad to\"}]}"));

    assertThatThrownBy(() -> provider.send(MAIL))
        .isInstanceOfSatisfying(
            ProviderException.class, failure -> assertThat(failure.isRefusal()).isTrue())
        .hasMessageContaining("bad to");
    SENDGRID.verify(1, postRequestedFor(urlPathEqualTo(SEND)));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void a_wrong_key_is_the_shops_fault_and_no_refusal_of_the_mail(int status) {
    answers(aResponse().withStatus(status));

    assertThatThrownBy(() -> provider.send(MAIL))
        .isInstanceOfSatisfying(
            ProviderException.class, failure -> assertThat(failure.isRefusal()).isFalse());
    SENDGRID.verify(1, postRequestedFor(urlPathEqualTo(SEND)));
  }

  @Test
  void a_mail_whose_answer_is_lost_isnt_sent_again_in_the_same_turn() {
    answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    assertThatThrownBy(() -> provider.send(MAIL))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("no answer from SendGrid");
    SENDGRID.verify(1, postRequestedFor(urlPathEqualTo(SEND)));
  }

  @Test
  void an_address_that_is_none_is_refused_by_name() {
    assertThatThrownBy(
            () ->
                SendGridMail.of(Map.of("SENDGRID_API_KEY", "x", "SENDGRID_API_BASE", "localhost")))
        .hasMessageContaining("SENDGRID_API_BASE is \"localhost\", must be like http://");
  }

  private static void answers(ResponseDefinitionBuilder answer) {
    SENDGRID.stubFor(post(urlPathEqualTo(SEND)).willReturn(answer));
  }

  private static void answersFirst(ResponseDefinitionBuilder answer) {
    SENDGRID.stubFor(
        post(urlPathEqualTo(SEND))
            .inScenario("busy")
            .whenScenarioStateIs("Started")
            .willSetStateTo("free")
            .willReturn(answer));
    SENDGRID.stubFor(
        post(urlPathEqualTo(SEND))
            .inScenario("busy")
            .whenScenarioStateIs("free")
            .willReturn(aResponse().withStatus(202).withHeader("X-Message-Id", "sg-2")));
  }
}
