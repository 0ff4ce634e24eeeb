package shop;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.relay.failure.ErrorCode;
import dev.relay.message.Json;
import dev.relay.server.RelayServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import shop.notification.Mails;
import shop.payment.Payments;
import tools.jackson.databind.JsonNode;

/**
 * Providers that fail for good, as people see it from outside: where the work ends up, and that it
 * is finished once when the provider is back and somebody says so.
 */
class ProviderOutageIT {
  private static final String MAIL = "/v3/mail/send";
  private static final String INTENTS = "/v1/payment_intents";

  @RegisterExtension
  static final WireMockExtension PROVIDERS =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private Shop shop;
  private RelayServer server;
  private Door door;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    String hasty =
        Files.readString(Path.of("flows", "checkout.yaml"))
            .replace("\n  steps:\n", "\n  retry: { attempts: 3, backoff: 50ms }\n\n  steps:\n");
    Files.writeString(folder.resolve("checkout.yaml"), hasty);
    shop =
        new Shop(
            folder,
            node ->
                node.actor(Mails.through(PROVIDERS.baseUrl()))
                    .actor(Payments.through(PROVIDERS.baseUrl())));
    server = RelayServer.builder().relay(shop.relay()).port(0).start();
    door = new Door(server.port());
  }

  @AfterEach
  void close() {
    server.close();
    shop.close();
  }

  @Test
  void mails_that_nobody_takes_are_dead_letters_and_go_out_once_when_they_are_retried() {
    stripeTakesMoney();
    sendGridFails();
    shop.address("ann", "ann@example.com", false);

    String order = shop.buy("ann", "sofa", 1);

    assertThat(shop.order(order).at("/status").stringValue()).isEqualTo("confirmed");
    awaitDeadLetters("ORDER_CREATED", "PAYMENT_PROCESSED", "ORDER_CONFIRMED", "SEND_EMAIL");
    assertThat(deadLetters().at("/dead_letters"))
        .allSatisfy(
            letter -> {
              assertThat(letter.at("/attempts").intValue()).isEqualTo(6);
              assertThat(letter.at("/error").asString()).contains("SendGrid answered 503");
            });

    PROVIDERS.resetAll();
    sendGridTakesMails();
    JsonNode retried =
        door.post("/api/dead-letters/retry", "{\"actor\":\"notification\",\"key\":\"ann\"}").json();

    assertThat(retried.at("/retried").intValue()).isEqualTo(4);
    await().atMost(60, SECONDS).until(() -> shop.hasHeardAll("notification", "ann"));
    assertThat(mailsTaken())
        .containsExactlyInAnyOrder("order_created", "payment_processed", "order_confirmed");
    assertThat(shop.mails("ann", "order_confirmed")).containsExactly("sent");
    assertThat(deadLetters().at("/total").intValue()).isZero();
  }

  @Test
  void a_payment_that_nobody_takes_pauses_the_checkout_and_is_taken_once_when_it_is_resumed() {
    stripeFails();
    shop.stock("lamp", 1);
    shop.fill("bob", "lamp", 1);

    assertThat(Shop.refusal(() -> shop.checkOut("bob", Map.of())).code())
        .isEqualTo(ErrorCode.FLOW_PAUSED);

    JsonNode paused = pausedRun("bob");
    assertThat(paused.at("/at").asString()).isEqualTo("process_payment");
    assertThat(paused.at("/error/message").asString()).contains("3 attempts");
    shop.awaitStock("lamp", 1, 1);

    PROVIDERS.resetMappings();
    stripeTakesMoney();
    Door.Answer resumed = door.post("/api/flows/checkout/runs/bob/resume", "{}");

    assertThat(resumed.status()).isEqualTo(200);
    shop.awaitRun("checkout", "bob", "done");
    String order = shop.ordersOf("bob").at("/items/0/orderId").asString();
    shop.awaitOrder(order, "confirmed");
    shop.awaitStock("lamp", 0, 0);
    assertThat(shop.payment(order).at("/captured").decimalValue()).isEqualByComparingTo("29.99");
    List<LoggedRequest> charges = PROVIDERS.findAll(postRequestedFor(urlPathEqualTo(INTENTS)));
    assertThat(charges).hasSize(4);
    assertThat(charges)
        .extracting(charge -> charge.getHeader("Idempotency-Key"))
        .containsOnly(order + "/charge/1");
  }

  @Test
  void a_checkout_that_nobody_resumes_is_undone_by_its_deadline_as_soon_as_it_can_be() {
    stripeFails();
    shop.stock("lamp", 1);
    shop.fill("cat", "lamp", 1);
    assertThat(Shop.refusal(() -> shop.checkOut("cat", Map.of())).code())
        .isEqualTo(ErrorCode.FLOW_PAUSED);

    shop.pass(Duration.ofMinutes(16)); // to undo it Stripe has to be asked whether it took any
    await()
        .atMost(60, SECONDS)
        .until(() -> pausedRun("cat").at("/error/message").asString().contains("REFUND_PAYMENT"));
    PROVIDERS.resetMappings();
    stripeHasTakenNothing();
    door.post("/api/flows/checkout/runs/cat/resume", "{}");

    shop.awaitRun("checkout", "cat", "compensated");
    String order = shop.ordersOf("cat").at("/items/0/orderId").asString();
    shop.awaitOrder(order, "cancelled");
    shop.awaitStock("lamp", 1, 0);
    assertThat(shop.payment(order).at("/status").asString()).isEqualTo("voided");
    assertThat(shop.cart("cat").at("/status").asString()).isEqualTo("open");
    assertThat(shop.cart("cat").at("/items")).hasSize(1);
  }

  /** As it is shown, once it is among those that are listed as paused. */
  private JsonNode pausedRun(String user) {
    String id = "checkout/" + user;
    await().atMost(60, SECONDS).until(() -> pausedRuns().contains(id));
    return door.get("/api/flows/checkout/runs/" + user).json();
  }

  private List<String> pausedRuns() {
    return door.get("/api/flows?flow=checkout&status=paused")
        .json()
        .at("/runs")
        .valueStream()
        .map(run -> run.at("/id").asString())
        .toList();
  }

  private JsonNode deadLetters() {
    return door.get("/api/dead-letters?actor=notification&key=ann").json();
  }

  /** Retries are due after 16 seconds at most. */
  private void awaitDeadLetters(String... events) {
    await()
        .atMost(180, SECONDS)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              shop.pass(Duration.ofSeconds(20));
              assertThat(deadLetters().at("/dead_letters").valueStream())
                  .extracting(letter -> letter.at("/event").asString())
                  .containsExactlyInAnyOrder(events);
            });
  }

  /** Their templates; the owner hears of the empty shelf besides. */
  private static List<String> mailsTaken() {
    return PROVIDERS.findAll(postRequestedFor(urlPathEqualTo(MAIL))).stream()
        .map(mail -> Json.mapper().readTree(mail.getBodyAsString()).path("custom_args"))
        .filter(mail -> mail.path("userId").asString().equals("ann"))
        .map(mail -> mail.path("template").asString())
        .toList();
  }

  private static void sendGridFails() {
    PROVIDERS.stubFor(post(urlPathEqualTo(MAIL)).willReturn(aResponse().withStatus(503)));
  }

  private static void sendGridTakesMails() {
    PROVIDERS.stubFor(
        post(urlPathEqualTo(MAIL))
            .willReturn(aResponse().withStatus(202).withHeader("X-Message-Id", "sg-1")));
  }

  /** The header tells Stripe's SDK not to try by itself what the flow tries. */
  private static void stripeFails() {
    PROVIDERS.stubFor(
        post(urlPathMatching("/v1/.*"))
            .willReturn(aResponse().withStatus(500).withHeader("Stripe-Should-Retry", "false")));
    PROVIDERS.stubFor(
        get(urlPathMatching("/v1/.*"))
            .willReturn(aResponse().withStatus(500).withHeader("Stripe-Should-Retry", "false")));
  }

  private static void stripeTakesMoney() {
    PROVIDERS.stubFor(
        post(urlPathEqualTo(INTENTS))
            .willReturn(
                okJson(
                    """
                    {"id":"pi_1","object":"payment_intent","status":"succeeded",
                     "amount":2999,"amount_received":2999,"currency":"eur"}
                    """)));
  }

  private static void stripeHasTakenNothing() {
    PROVIDERS.stubFor(
        get(urlPathEqualTo(INTENTS + "/search"))
            .willReturn(okJson("{\"object\":\"search_result\",\"data\":[],\"has_more\":false}")));
  }
}
