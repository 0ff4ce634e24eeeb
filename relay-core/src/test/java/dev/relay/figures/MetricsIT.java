package dev.relay.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.Relay;
import dev.relay.message.Json;
import dev.relay.metric.Sample;
import dev.relay.node.SendRequest;
import dev.relay.postgres.TestDatabase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the business counts, against what was done, on a real Postgres. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MetricsIT {
  private static final String PAYMENT =
      """
      actor:
        name: payment
        key: id
        state: { amount: money, currency: string, status: string }
        indexes: { by_status: [status, amount] }
        metrics:
          revenue: sum(amount) on PAID by currency
          payments: count on PAID
          open: count by status
          held: sum(amount) by status
        handles:
          PAY:
            payload: { id: string, amount: money, currency: string, status?: string }
            emits: PAID
            do:
              state: '{ "amount": $payload.amount, "currency": $payload.currency, "status": $payload.status ?? "paid" }'
              emit: PAID
        events:
          PAID: { payload: { id: string, amount: money, currency: string, status?: string } }
      """;

  @TempDir private Path folder;
  private final TestDatabase database = TestDatabase.create();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<Relay> relays = new ArrayList<>();

  private Relay start(String definition) throws IOException {
    Relay relay =
        Relay.builder()
            .postgres(database.jdbcUrl(), database.user(), database.password())
            .metrics(registry)
            .postgresTransport(true)
            .actors(Files.writeString(folder.resolve("actor.yaml"), definition))
            .start();
    relays.add(relay);
    return relay;
  }

  @AfterEach
  void stop() {
    relays.forEach(Relay::close);
    database.close();
  }

  private static void pay(Relay relay, String id, String amount, String currency) {
    relay.ask("payment", "PAY", payment(id, amount, currency));
  }

  private static Map<String, Object> payment(String id, String amount, String currency) {
    return Map.of("id", id, "amount", new BigDecimal(amount), "currency", currency);
  }

  /** Pays once, however often the connections to Postgres are cut on the way. */
  private static void payThrough(Relay relay, String requestId, Map<String, Object> payment) {
    SendRequest request =
        SendRequest.to("payment", "PAY", Json.mapper().valueToTree(payment))
            .withRequestId(requestId);
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(() -> relay.send(request).get(), Objects::nonNull);
  }

  private static Map<String, BigDecimal> figures(Relay relay) {
    Map<String, BigDecimal> figures = new TreeMap<>();
    for (Sample sample : relay.businessMetrics()) {
      String name = sample.metric() + sample.labels().values();
      figures.put(name, sample.value().stripTrailingZeros());
    }
    return figures;
  }

  private static Map<String, BigDecimal> expected(Object... pairs) {
    Map<String, BigDecimal> expected = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      expected.put((String) pairs[i], new BigDecimal((String) pairs[i + 1]).stripTrailingZeros());
    }
    return expected;
  }

  private static void untilFigures(Relay relay, Map<String, BigDecimal> expected) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(figures(relay)).isEqualTo(expected));
  }

  @Test
  void sums_are_exact_and_instances_are_counted_as_they_are_now() throws IOException {
    Relay relay = start(PAYMENT);
    pay(relay, "a", "0.1", "EUR");
    pay(relay, "b", "0.2", "EUR");
    pay(relay, "b", "19.99", "USD");

    untilFigures(
        relay,
        expected(
            "revenue[EUR]",
            "0.3",
            "revenue[USD]",
            "19.99",
            "payments[]",
            "3",
            "open[paid]",
            "2",
            "held[paid]",
            "20.09"));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              Gauge gauge =
                  registry.find("business.payment.revenue").tag("currency", "USD").gauge();
              assertThat(gauge).isNotNull();
              assertThat(gauge.value()).isEqualTo(19.99);
            });
  }

  @Test
  void each_event_counts_once_whoever_counts_and_whoever_stops_in_between() throws Exception {
    start(PAYMENT);
    start(PAYMENT);
    Random random = new Random(4711);
    BigDecimal oracle = BigDecimal.ZERO;
    List<CompletableFuture<?>> counting = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      BigDecimal amount = BigDecimal.valueOf(random.nextInt(1, 100_000), 2);
      Relay relay = relays.get(relays.size() - 1 - random.nextInt(2));
      payThrough(relay, "r" + i, payment("p" + i % 40, amount.toPlainString(), "EUR"));
      oracle = oracle.add(amount);
      if (i % 20 == 0) {
        Relay counter = relays.get(relays.size() - 1 - random.nextInt(2));
        // some are cut off in the middle, which is the point
        counting.add(
            CompletableFuture.runAsync(counter::businessMetrics).handle((counted, cut) -> true));
      }
      if (i % 100 == 50) {
        CompletableFuture.allOf(counting.toArray(CompletableFuture[]::new)).join();
        relays.get(relays.size() - 2).close();
        start(PAYMENT);
      }
      if (i % 60 == 30) {
        database.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE"
                + " '%metric%' AND pid <> pg_backend_pid() AND datname = current_database()");
      }
    }
    BigDecimal sum = oracle.stripTrailingZeros();
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(figures(relays.get(relays.size() - 1)))
                    .containsEntry("revenue[EUR]", sum)
                    .containsEntry("payments[]", new BigDecimal("300").stripTrailingZeros()));
  }

  @Test
  void labels_beyond_the_bound_count_together_and_another_definition_counts_anew()
      throws IOException {
    Relay relay = start(PAYMENT.replace("by currency", "by id"));
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (int i = 0; i < 1_050; i++) {
      sent.add(
          relay.askAsync("payment", "PAY", Map.of("id", "i" + i, "amount", 1, "currency", "EUR")));
    }
    CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(figures(relay)).containsEntry("revenue[other]", new BigDecimal("5E+1")));
    assertThat(figures(relay)).hasSize(1_001 + 3);

    relay.close();
    untilFigures(
        start(PAYMENT),
        expected(
            "revenue[EUR]",
            "1050",
            "payments[]",
            "1050",
            "open[paid]",
            "1050",
            "held[paid]",
            "1050"));
  }
}
