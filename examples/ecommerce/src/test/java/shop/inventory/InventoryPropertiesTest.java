package shop.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.inventory.InventoryTest.order;
import static shop.inventory.InventoryTest.reserve;

import dev.relay.testkit.TestActor;
import dev.relay.testkit.TestTurn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random orders, doubled and shuffled, and beside the actor a storekeeper with a notebook. */
class InventoryPropertiesTest {
  private static final TestActor INVENTORY =
      TestActor.of(Path.of("actors"), "inventory", new InventoryActor());

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 12);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatever_is_asked_no_piece_is_promised_twice(long seed) {
    Random random = new Random(seed);
    Map<String, Integer> held = new HashMap<>();
    Set<String> closed = new HashSet<>();
    int stock = 40;
    TestTurn turn = INVENTORY.when("UPDATE_STOCK", Map.of("productId", "p1", "stock", stock));
    for (int step = 0; step < 400; step++) {
      String order = "o" + (step / 12 + random.nextInt(10));
      int quantity = 1 + random.nextInt(8);
      switch (random.nextInt(4)) {
        case 0 -> {
          if (held.containsKey(order)) {
            stock -= held.remove(order);
            closed.add(order);
            turn = turn.when("CONFIRM_RESERVATION", order(order));
          }
        }
        case 1 -> {
          if (held.remove(order) != null) {
            closed.add(order);
            turn = turn.when("RELEASE_STOCK", order(order));
          }
        }
        default -> {
          if (!closed.contains(order)) {
            turn = turn.when("RESERVE_STOCK", reserve(order, quantity));
            if (sum(held) + quantity <= stock) {
              held.putIfAbsent(order, quantity);
            }
          }
        }
      }
      Inventory inventory = turn.state(Inventory.class);
      assertThat(inventory.stock()).isEqualTo(stock);
      assertThat(inventory.reserved()).isEqualTo(sum(held));
      assertThat(inventory.available()).isNotNegative().isEqualTo(stock - sum(held));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void messages_that_come_three_times_and_shuffled_hold_nothing_for_ever(long seed) {
    Random random = new Random(seed);
    List<String> orders = List.of("a", "b", "c", "d", "e");
    List<Runnable> messages = new ArrayList<>();
    TestTurn[] turn = {INVENTORY.when("UPDATE_STOCK", Map.of("productId", "p1", "stock", 20))};
    for (String order : orders) {
      for (int copy = 0; copy < 3; copy++) {
        messages.add(() -> turn[0] = turn[0].when("RESERVE_STOCK", reserve(order, 3)));
        messages.add(() -> turn[0] = turn[0].when("RELEASE_STOCK", order(order)));
      }
    }
    Collections.shuffle(messages, random);

    messages.forEach(Runnable::run);

    Inventory inventory = turn[0].state(Inventory.class);
    assertThat(inventory.stock()).isEqualTo(20);
    assertThat(inventory.available()).isEqualTo(20);
  }

  private static int sum(Map<String, Integer> held) {
    return held.values().stream().mapToInt(Integer::intValue).sum();
  }
}
