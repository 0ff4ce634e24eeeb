package shoppers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Seeds a real shop over HTTP, and shops in it. */
class VerbsIT {
  private static OpenShop open;

  @BeforeAll
  static void open() {
    open = OpenShop.oneNode();
  }

  @AfterAll
  static void close() {
    open.close();
  }

  @Test
  void a_shop_is_filled_with_orders_in_every_state_and_the_same_again_changes_nothing() {
    Seeded first = seed(7);

    assertThat(first.refusals()).isEmpty();
    assertThat(first.orders())
        .containsOnlyKeys(
            "pending",
            "awaiting_stock",
            "awaiting_payment",
            "confirmed",
            "shipped",
            "delivered",
            "completed",
            "return_requested",
            "returned",
            "cancelled",
            "rejected");
    List<String> before = orders();

    Seeded second = seed(7);

    assertThat(second.news()).isZero();
    assertThat(second.orders()).isEqualTo(first.orders());
    assertThat(orders()).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void shoppers_are_played_although_one_of_the_nodes_is_away() {
    String nodes = open.url() + ",http://127.0.0.1:1";
    Cli ran =
        Cli.run(
            "simulate",
            "--url",
            nodes,
            "--rate",
            "5",
            "--for",
            "2s",
            "--users",
            "10",
            "--seed",
            "7");

    assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
    assertThat(ran.out()).contains("No differences.").contains("seed 7").contains("10 visits");
    assertThat(ran.err()).contains("warning: no Relay node at http://127.0.0.1:1");
    assertThat(ran.err().split("\\R"))
        .allSatisfy(line -> assertThat(shown(line)).hasSizeLessThan(80));
  }

  /** What a terminal shows of it at once. */
  private static String shown(String line) {
    return line.substring(line.lastIndexOf('\r') + 1).replace("\u001b[K", "");
  }

  private static Seeded seed(long seed) {
    return new Seeding(
            open.shop(Duration.ofSeconds(60)), new Seeding.Size(12, 20, seed), Screens.none())
        .run();
  }

  private static List<String> orders() {
    List<String> orders = new ArrayList<>();
    for (String path = "/api/actors/order?limit=100"; !path.isEmpty(); ) {
      JsonNode page = open.shop(Duration.ofSeconds(60)).get(path).body();
      page.path("instances").forEach(each -> orders.add(each.path("key").asString("")));
      path = page.path("next").asString("");
    }
    return orders;
  }
}
