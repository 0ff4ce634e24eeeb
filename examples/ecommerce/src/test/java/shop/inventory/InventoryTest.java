package shop.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.failure.ErrorCode;
import dev.relay.testkit.TestActor;
import dev.relay.testkit.TestTurn;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InventoryTest {
  private static final Map<String, Object> PRODUCT = Map.of("productId", "p1");

  private static final TestActor INVENTORY = TestActor.of(Path.of("actors"), "inventory");

  @Test
  void a_product_that_was_never_stocked_has_none() {
    assertThat(INVENTORY.when("GET_PRODUCT_STOCK", PRODUCT).reply())
        .hasToString(
            """
            {"productId":"p1","stock":0,"addedToCarts":0}""");
    assertThat(check(INVENTORY.when("GET_PRODUCT_STOCK", PRODUCT), 0)).isTrue();
    assertThat(check(INVENTORY.when("GET_PRODUCT_STOCK", PRODUCT), 1)).isFalse();
  }

  @Test
  void stock_is_set_as_counted_and_changed_by_what_comes_and_goes() {
    TestTurn turn =
        INVENTORY
            .when("UPDATE_STOCK", stock(10))
            .when("UPDATE_STOCK", change(5))
            .when("UPDATE_STOCK", change(-12));

    assertThat(turn.emitted("STOCK_UPDATED"))
        .hasToString(
            """
            {"productId":"p1","stock":3}""");
    assertThat(turn.when("UPDATE_STOCK", stock(0)).state().at("/stock").intValue()).isZero();
  }

  @Test
  void stock_is_enough_up_to_the_last_piece() {
    TestTurn turn = INVENTORY.when("UPDATE_STOCK", stock(3));

    assertThat(check(turn, 3)).isTrue();
    assertThat(check(turn, 4)).isFalse();
  }

  @Test
  void stock_never_falls_below_zero() {
    TestTurn three = INVENTORY.when("UPDATE_STOCK", stock(3));

    TestTurn refused = three.when("UPDATE_STOCK", change(-4));

    assertThat(refused.refusal().reason()).isEqualTo("STOCK_BELOW_ZERO");
    assertThat(refused.refusal().message()).isEqualTo("only 3 in stock, can't take 4");
    assertThat(INVENTORY.when("UPDATE_STOCK", change(-1)).refusal().reason())
        .isEqualTo("STOCK_BELOW_ZERO");
    assertThat(INVENTORY.when("UPDATE_STOCK", stock(-1)).refusal().code())
        .isEqualTo(ErrorCode.PAYLOAD_INVALID);
  }

  @Test
  void stock_is_either_set_or_changed() {
    Map<String, Object> both = Map.of("productId", "p1", "stock", 1, "change", 1);

    assertThat(INVENTORY.when("UPDATE_STOCK", both).refusal().code())
        .isEqualTo(ErrorCode.RULE_VIOLATED);
    assertThat(INVENTORY.when("UPDATE_STOCK", PRODUCT).refusal().code())
        .isEqualTo(ErrorCode.RULE_VIOLATED);
  }

  @Test
  void what_is_added_to_carts_is_counted_and_leaves_the_stock_alone() {
    TestTurn turn =
        INVENTORY
            .when("UPDATE_STOCK", stock(3))
            .when("ITEM_ADDED_TO_CART", added(2))
            .when("ITEM_ADDED_TO_CART", added(5))
            .when("UPDATE_STOCK", change(1));

    assertThat(turn.when("GET_PRODUCT_STOCK", PRODUCT).reply())
        .hasToString(
            """
            {"productId":"p1","stock":4,"addedToCarts":7}""");
  }

  private static boolean check(TestTurn turn, int quantity) {
    return turn.when("CHECK_STOCK", Map.of("productId", "p1", "quantity", quantity))
        .reply()
        .at("/sufficient")
        .booleanValue();
  }

  private static Map<String, Object> stock(int pieces) {
    return Map.of("productId", "p1", "stock", pieces);
  }

  private static Map<String, Object> change(int pieces) {
    return Map.of("productId", "p1", "change", pieces);
  }

  private static String added(int quantity) {
    return """
    {"userId":"u1","productId":"p1","name":"P","quantity":%d,"price":29.99,"currency":"EUR"}
    """
        .formatted(quantity);
  }
}
