package shoppers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Seeds a real shop over HTTP. */
class SeedIT {
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
