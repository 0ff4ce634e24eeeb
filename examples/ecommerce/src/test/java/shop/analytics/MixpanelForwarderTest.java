package shop.analytics;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.BasicCredentials;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shop.analytics.Forwarder.ForwardException;
import shop.analytics.Forwarder.Happened;

/** Mixpanel's own SDK against a server that writes down what arrives. */
class MixpanelForwarderTest {
  private static final Happened PAID =
      new Happened(
          "0193-m1",
          "PAYMENT_PROCESSED",
          "änn",
          Instant.parse("2026-11-01T12:00:00.123Z"),
          Map.of("orderId", "o1", "amount", new BigDecimal("29.99"), "currency", "EUR"));

  @RegisterExtension
  static final WireMockExtension MIXPANEL =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private final Forwarder forwarder = forwarder(Duration.ofSeconds(10));

  @Test
  void events_are_imported_in_one_call_each_with_its_own_id_and_time() {
    answers(aResponse().withBody("{\"code\":200,\"num_records_imported\":1,\"status\":\"OK\"}"));

    forwarder.forward("b1", List.of(PAID));

    MIXPANEL.verify(
        1,
        postRequestedFor(urlEqualTo("/import?strict=0"))
            .withBasicAuth(new BasicCredentials("token", ""))
            .withRequestBody(
                equalToJson(
                    """
                    [{"event": "PAYMENT_PROCESSED",
                      "properties": {
                        "distinct_id": "änn", "$insert_id": "0193-m1", "time": 1793534400123,
                        "orderId": "o1", "amount": 29.99, "currency": "EUR",
                        "token": "token", "mp_lib": "jdk"}}]
                    """)));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 413, 429, 500, 503})
  void what_isnt_taken_is_left_to_the_delivery(int status) {
    answers(aResponse().withStatus(status).withBody("{\"error\":\"no\"}"));

    assertThatThrownBy(() -> forwarder.forward("b1", List.of(PAID)))
        .isInstanceOf(ForwardException.class)
        .hasMessageContaining("Mixpanel didn't take 1 events");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>a proxy's page</html>", "{\"code\":200,\"status\":\"NO\"}"})
  void only_a_yes_is_a_yes(String answer) {
    answers(aResponse().withBody(answer));

    assertThatThrownBy(() -> forwarder.forward("b1", List.of(PAID)))
        .isInstanceOf(ForwardException.class);
  }

  @Test
  void a_connection_that_breaks_is_left_to_the_delivery() {
    answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    assertThatThrownBy(() -> forwarder.forward("b1", List.of(PAID)))
        .isInstanceOf(ForwardException.class);
  }

  @Test
  void an_answer_that_doesnt_come_is_given_up() {
    answers(aResponse().withFixedDelay(60_000).withBody("1"));
    Forwarder impatient = forwarder(Duration.ofMillis(200));

    assertThatThrownBy(() -> impatient.forward("b1", List.of(PAID)))
        .isInstanceOf(ForwardException.class)
        .hasMessageContaining("timed out");
  }

  @Test
  void what_an_app_calls_its_properties_changes_nothing_of_the_event() {
    answers(aResponse().withBody("1"));
    Map<String, Object> odd = Map.of("token", "x", "time", "soon", "distinct_id", "y");

    forwarder.forward("b1", List.of(new Happened("m2", "ODD", "u1", PAID.at(), odd)));

    MIXPANEL.verify(
        postRequestedFor(urlPathEqualTo("/import"))
            .withBasicAuth(new BasicCredentials("token", ""))
            .withRequestBody(
                equalToJson(
                    """
                    [{"event": "ODD",
                      "properties": {
                        "distinct_id": "u1", "$insert_id": "m2", "time": 1793534400123,
                        "token": "token", "mp_lib": "jdk"}}]
                    """)));
  }

  private static Forwarder forwarder(Duration answer) {
    return MixpanelForwarder.of("token", MIXPANEL.baseUrl(), answer);
  }

  private static void answers(ResponseDefinitionBuilder answer) {
    MIXPANEL.stubFor(post(urlPathEqualTo("/import")).willReturn(answer));
  }
}
