package shop.payment;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static shop.payment.StripeEvents.SECRET;
import static shop.payment.StripeEvents.failed;
import static shop.payment.StripeEvents.signature;
import static shop.payment.StripeEvents.succeeded;

import dev.relay.Relay;
import dev.relay.Reply;
import dev.relay.embedded.EmbeddedPostgres;
import dev.relay.message.Json;
import dev.relay.server.RelayServer;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import shop.payment.OrderPayment.Status;
import tools.jackson.databind.JsonNode;

/** Stripe calls the shop over HTTP, whose charges take as long as the test wants. */
@Timeout(120)
class StripeWebhookIT {
  private static final CountDownLatch ANSWERED = new CountDownLatch(1);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static EmbeddedPostgres postgres;
  private static Relay relay;
  private static RelayServer server;

  @BeforeAll
  static void open() {
    postgres = EmbeddedPostgres.temporary();
    relay =
        Relay.builder()
            .postgres(postgres.jdbcUrl(), postgres.user(), postgres.password())
            .actors(Path.of("actors"))
            .actor(new PaymentActor(new SlowProvider()))
            .start();
    server =
        RelayServer.builder()
            .relay(relay)
            .port(0)
            .webhook(new StripeWebhook(Map.of("STRIPE_WEBHOOK_SECRET", SECRET)))
            .start();
  }

  @AfterAll
  static void close() {
    server.close();
    relay.close();
    postgres.close();
  }

  @Test
  void money_that_nobody_waited_for_is_counted_once_however_often_it_is_told() throws Exception {
    String event = succeeded("evt_late", "late", "pi_late");

    HttpResponse<String> first = genuine(event);
    HttpResponse<String> second = genuine(event);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(eventId(second)).as("the same message").isEqualTo(eventId(first));
    await().atMost(30, SECONDS).until(() -> done(eventId(first)));
    assertThat(payment("late").status()).isEqualTo(Status.CAPTURED);
    assertThat(payment("late").attempts()).hasSize(1);
  }

  @Test
  void a_decline_is_taken_back_by_money_that_comes_after_all() throws Exception {
    String declined = eventId(genuine(failed("evt_no", "second-thought", "pi_thought")));
    await().atMost(30, SECONDS).until(() -> done(declined));
    assertThat(payment("second-thought").status()).isEqualTo(Status.DECLINED);

    String paid = eventId(genuine(succeeded("evt_yes", "second-thought", "pi_thought")));
    await().atMost(30, SECONDS).until(() -> done(paid));

    assertThat(payment("second-thought").status()).isEqualTo(Status.CAPTURED);
  }

  @Test
  void what_is_told_before_the_answer_is_acknowledged_and_counted_once() throws Exception {
    Map<String, Object> pay =
        Map.of(
            "orderId", "early",
            "userId", "u1",
            "amount", new BigDecimal("59.98"),
            "currency", "EUR",
            "method", "pm_card_visa");
    CompletableFuture<Reply> asked = relay.askAsync("payment", "PROCESS_PAYMENT", pay);

    HttpResponse<String> told = genuine(succeeded("evt_early", "early", "pi_early"));
    assertThat(told.statusCode()).isEqualTo(200);
    assertThat(asked).as("the provider hasn't answered yet").isNotDone();
    ANSWERED.countDown();

    OrderPayment paid = asked.get(30, SECONDS).as(OrderPayment.class);
    await().atMost(30, SECONDS).until(() -> done(eventId(told)));
    assertThat(paid.status()).isEqualTo(Status.CAPTURED);
    assertThat(payment("early").attempts()).hasSize(1);
  }

  @Test
  void a_forged_call_and_an_old_one_are_refused_and_write_nothing() throws Exception {
    String body = succeeded("evt_forged", "forged", "pi_forged");
    Instant now = Instant.now();

    HttpResponse<String> forged = post(body, signature(body, "whsec_guessed", now));
    HttpResponse<String> old = post(body, signature(body, SECRET, now.minusSeconds(3600)));

    assertThat(forged.statusCode()).isEqualTo(400);
    assertThat(forged.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(forged).path("code").asString()).isEqualTo("RLY-1005");
    assertThat(old.statusCode()).isEqualTo(400);
    assertThat(get("/api/actors/payment/forged").statusCode()).isEqualTo(404);
  }

  /** Takes its time over one order: the rest is taken at once. */
  private static final class SlowProvider implements PaymentProvider {
    @Override
    public Charge charge(ChargeRequest request, String idempotencyKey) {
      try {
        if (!ANSWERED.await(60, SECONDS)) {
          throw new IllegalStateException("nobody let the provider answer");
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      return new Charge.Captured("pi_" + request.orderId(), request.amount());
    }

    @Override
    public String refund(String transactionId, BigDecimal amount, String currency, String key) {
      return "re_" + transactionId;
    }

    @Override
    public Optional<Charge.Captured> find(String orderId) {
      return Optional.empty();
    }
  }

  private static OrderPayment payment(String orderId) {
    return relay
        .ask("payment", "GET_ORDER_PAYMENT", Map.of("orderId", orderId))
        .as(OrderPayment.class);
  }

  /** Whether the actor has worked on it. */
  private static boolean done(String eventId) throws Exception {
    JsonNode receivers =
        json(get("/api/trace/" + eventId)).path("messages").path(0).path("receivers");
    return receivers.path(0).path("outcome").asString("").equals("done");
  }

  private static String eventId(HttpResponse<String> answer) {
    return json(answer).path("event_ids").path(0).asString();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return Json.mapper().readTree(answer.body());
  }

  private static HttpResponse<String> genuine(String body) throws Exception {
    return post(body, signature(body, SECRET, Instant.now()));
  }

  private static HttpResponse<String> post(String body, String signature) throws Exception {
    return send(
        request("/api/webhooks/stripe")
            .POST(BodyPublishers.ofString(body))
            .header("Stripe-Signature", signature));
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
