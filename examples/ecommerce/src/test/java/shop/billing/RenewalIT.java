package shop.billing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.Relay;
import dev.relay.embedded.EmbeddedPostgres;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Renewals on a real Postgres, collected by the flow. */
class RenewalIT {
  private static EmbeddedPostgres postgres;
  private static Relay relay;

  @BeforeAll
  static void open() {
    postgres = EmbeddedPostgres.temporary();
    relay = start();
  }

  private static Relay start() {
    return Relay.builder()
        .postgres(postgres.jdbcUrl(), postgres.user(), postgres.password())
        .actors(Path.of("actors"))
        .flows(Path.of("flows"))
        .start();
  }

  @AfterAll
  static void close() {
    relay.close();
    postgres.close();
  }

  @Test
  void a_subscription_is_collected_by_the_flow_and_has_its_invoice() {
    relay.ask("billing", "CREATE_CUSTOMER", Map.of("userId", "sue", "name", "Sue"));
    relay.ask("payment", "ADD_PAYMENT_METHOD", Map.of("userId", "sue", "method", "pm_card_visa"));

    String id = subscribe("sue").subscriptionId();

    await()
        .atMost(60, SECONDS)
        .untilAsserted(
            () -> assertThat(of("sue", id).status()).isEqualTo(Subscription.Status.ACTIVE));
    assertThat(invoice("sue", "renewal-" + id + "-1").total()).isEqualTo("9.90");
  }

  private static Subscription subscribe(String userId) {
    Map<String, Object> plan =
        Map.of(
            "userId", userId,
            "plan", "Small",
            "price", new BigDecimal("9.90"),
            "currency", "EUR",
            "interval", "month");
    return relay.ask("billing", "CREATE_SUBSCRIPTION", plan).as(Subscription.class);
  }

  private static Subscription of(String userId, String id) {
    Map<String, Object> which = Map.of("userId", userId, "subscriptionId", id);
    return relay.ask("billing", "GET_SUBSCRIPTION", which).as(Subscription.class);
  }

  private static Document invoice(String userId, String orderId) {
    return relay
        .ask("billing", "GET_INVOICE", Map.of("userId", userId, "orderId", orderId))
        .as(BillingCommand.Invoiced.class)
        .invoice();
  }
}
