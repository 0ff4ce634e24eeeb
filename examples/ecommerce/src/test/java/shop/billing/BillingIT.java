package shop.billing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.Relay;
import dev.relay.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Invoice numbers on a real Postgres. */
class BillingIT {
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
        .postgresTransport(true)
        .actors(Path.of("actors"))
        .start();
  }

  @AfterAll
  static void close() {
    relay.close();
    postgres.close();
  }

  @Test
  void numbers_have_no_gap_under_load_and_while_nodes_come_and_go() {
    List<CompletableFuture<?>> all = new ArrayList<>();
    try (Relay other = start()) {
      for (int i = 0; i < 120; i++) {
        Relay node = i % 2 == 0 ? relay : other;
        all.add(node.askAsync("billing", "GENERATE_INVOICE", invoice("u" + i % 30, "o" + i)));
      }
      all.forEach(CompletableFuture::join);
    }

    List<String> expected = new ArrayList<>();
    for (int number = 1; number <= 120; number++) {
      expected.add("%06d".formatted(number));
    }
    await()
        .atMost(60, SECONDS)
        .untilAsserted(() -> assertThat(numbers()).containsExactlyInAnyOrderElementsOf(expected));
  }

  private static Document invoice(String userId, String orderId, Relay node) {
    return node.ask("billing", "GET_INVOICE", Map.of("userId", userId, "orderId", orderId))
        .as(BillingCommand.Invoiced.class)
        .invoice();
  }

  private static List<String> numbers() {
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      String number = invoice("u" + i % 30, "o" + i, relay).number();
      if (number != null) {
        numbers.add(number.substring(number.length() - 6));
      }
    }
    return numbers;
  }

  private static Map<String, Object> invoice(String userId, String orderId) {
    Map<String, Object> line = Map.of("name", "Lamp", "quantity", 1, "price", 10);
    return Map.of("userId", userId, "orderId", orderId, "currency", "EUR", "lines", List.of(line));
  }
}
