package shop.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.failure.ErrorCode;
import dev.relay.testkit.TestActor;
import dev.relay.testkit.TestTurn;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InventoryTest {
  private static final Map<String, Object> PRODUCT = Map.of("productId", "p1");

  private static final TestActor INVENTORY =
      TestActor.of(Path.of("actors"), "inventory", new InventoryActor());

  private final TestTurn ten = INVENTORY.when("UPDATE_STOCK", stock(10));

  @Nested
  class Counting {
    @Test
    void a_product_that_was_never_stocked_has_none() {
      assertThat(INVENTORY.when("GET_PRODUCT_STOCK", PRODUCT).reply())
          .hasToString(
              """
              {"productId":"p1","stock":0,"reserved":0,"available":0,"addedToCarts":0}\
              """);
      assertThat(check(INVENTORY.when("GET_PRODUCT_STOCK", PRODUCT), 0)).isTrue();
      assertThat(check(INVENTORY.when("GET_PRODUCT_STOCK", PRODUCT), 1)).isFalse();
    }

    @Test
    void stock_is_set_as_counted_and_changed_by_what_comes_and_goes() {
      TestTurn turn = ten.when("UPDATE_STOCK", change(5)).when("UPDATE_STOCK", change(-12));

      assertThat(turn.emitted("STOCK_UPDATED"))
          .hasToString(
              """
              {"productId":"p1","stock":3,"available":3}\
              """);
      assertThat(turn.when("UPDATE_STOCK", stock(0)).state().at("/stock").intValue()).isZero();
    }

    @Test
    void stock_never_falls_below_zero() {
      TestTurn refused = ten.when("UPDATE_STOCK", change(-11));

      assertThat(refused.refusal().reason()).isEqualTo("STOCK_BELOW_RESERVED");
      assertThat(refused.refusal().message())
          .isEqualTo("10 in stock and 0 of them held for orders: there can't be -1");
      assertThat(INVENTORY.when("UPDATE_STOCK", stock(-1)).refusal().code())
          .isEqualTo(ErrorCode.PAYLOAD_INVALID);
    }

    @Test
    void stock_never_falls_below_what_is_held() {
      TestTurn held = ten.when("RESERVE_STOCK", reserve("o1", 4));

      assertThat(held.when("UPDATE_STOCK", stock(3)).refusal().reason())
          .isEqualTo("STOCK_BELOW_RESERVED");
      assertThat(held.when("UPDATE_STOCK", stock(4)).state().at("/available").intValue()).isZero();
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
      TestTurn turn = ten.when("ITEM_ADDED_TO_CART", added(2)).when("ITEM_ADDED_TO_CART", added(5));

      assertThat(turn.state().at("/addedToCarts").intValue()).isEqualTo(7);
      assertThat(turn.state().at("/available").intValue()).isEqualTo(10);
    }
  }

  @Nested
  class Reserving {
    private final TestTurn held = ten.when("RESERVE_STOCK", reserve("o1", 4));

    @Test
    void what_is_held_is_not_available_to_others() {
      assertThat(held.reply())
          .hasToString(
              """
              {"productId":"p1","orderId":"o1","status":"reserved","quantity":4,"available":6,\
              "expiresAt":"2026-01-01T00:20:00Z"}\
              """);
      assertThat(held.emitted("STOCK_RESERVED").at("/quantity").intValue()).isEqualTo(4);
      assertThat(check(held, 6)).isTrue();
      assertThat(check(held, 7)).isFalse();
    }

    @Test
    void an_order_that_asks_again_gets_the_answer_of_the_first_time() {
      TestTurn again = held.when("RESERVE_STOCK", reserve("o1", 4));

      assertThat(again.reply()).isEqualTo(held.reply());
      assertThat(again.emitted()).isEmpty();
      assertThat(again.timers()).isEmpty();
    }

    @Test
    void who_wants_more_than_there_is_gets_nothing_and_others_hear_of_it() {
      TestTurn turn = held.when("RESERVE_STOCK", reserve("o2", 7));

      assertThat(turn.reply(Reservation.class).status()).isEqualTo(Reservation.Status.INSUFFICIENT);
      assertThat(turn.emitted("STOCK_INSUFFICIENT"))
          .hasToString(
              """
              {"productId":"p1","orderId":"o2","userId":"u1","quantity":7,"available":6}\
              """);
      assertThat(turn.state()).isEqualTo(held.state());
    }

    @Test
    void what_is_confirmed_is_sold_once() {
      TestTurn sold = held.when("CONFIRM_RESERVATION", order("o1"));
      TestTurn again = sold.when("CONFIRM_RESERVATION", order("o1"));

      assertThat(sold.emitted("RESERVATION_CONFIRMED").at("/stock").intValue()).isEqualTo(6);
      assertThat(again.reply()).isEqualTo(sold.reply());
      assertThat(again.emitted()).isEmpty();
      assertThat(again.state().at("/stock").intValue()).isEqualTo(6);
    }

    @Test
    void only_what_is_held_is_confirmed() {
      TestTurn released = held.when("RELEASE_STOCK", order("o1"));

      assertThat(ten.when("CONFIRM_RESERVATION", order("o1")).refusal().reason())
          .isEqualTo("NOT_RESERVED");
      assertThat(released.when("CONFIRM_RESERVATION", order("o1")).refusal().reason())
          .isEqualTo("NOT_RESERVED");
    }

    @Test
    void what_is_released_is_there_for_others_once() {
      TestTurn released = held.when("RELEASE_STOCK", order("o1"));
      TestTurn again = released.when("RELEASE_STOCK", order("o1"));

      assertThat(released.emitted("STOCK_RELEASED").at("/available").intValue()).isEqualTo(10);
      assertThat(again.emitted()).isEmpty();
      assertThat(again.state().at("/available").intValue()).isEqualTo(10);
    }

    @Test
    void a_reservation_that_comes_after_its_release_holds_nothing() {
      TestTurn turn =
          ten.when("RELEASE_STOCK", order("o1")).when("RESERVE_STOCK", reserve("o1", 4));

      assertThat(turn.reply(Reservation.class).status()).isEqualTo(Reservation.Status.RELEASED);
      assertThat(turn.state().at("/reserved").intValue()).isZero();
    }

    @Test
    void what_was_sold_goes_back_on_the_shelf_once() {
      TestTurn back =
          held.when("CONFIRM_RESERVATION", order("o1")).when("RELEASE_STOCK", order("o1"));

      assertThat(back.state().at("/stock").intValue()).isEqualTo(10);
      assertThat(back.when("RELEASE_STOCK", order("o1")).state()).isEqualTo(back.state());
    }

    @Test
    void a_sale_of_long_ago_goes_back_by_what_its_order_says() {
      Map<String, Object> sold = Map.of("productId", "p1", "orderId", "old", "sold", 3);

      TestTurn back = ten.when("RELEASE_STOCK", sold);

      assertThat(back.state().at("/stock").intValue()).isEqualTo(13);
      assertThat(back.when("RELEASE_STOCK", sold).state()).isEqualTo(back.state());
    }

    @Test
    void what_was_sold_is_not_sold_again_by_copies_that_come_when_it_is_forgotten() {
      Instant early = Instant.parse("2026-01-01T00:00:00Z");
      TestTurn turn = held.when("CONFIRM_RESERVATION", order("o1"));
      for (int other = 0; other < 20; other++) {
        turn = turn.when("RELEASE_STOCK", order("other" + other));
      }
      TestTurn again =
          INVENTORY
              .given(turn.state())
              .at(early.plusSeconds(60))
              .when("RESERVE_STOCK", reserve("o1", 4));
      TestActor late = INVENTORY.given(again.state()).at(early);

      assertThat(late.when("CONFIRM_RESERVATION", order("o1")).refusal().reason())
          .isEqualTo("NOT_RESERVED");
      assertThat(again.timer("reservation o1").dueAt()).isEqualTo("2026-01-01T00:21:00Z");
      assertThat(again.state().at("/stock").intValue()).isEqualTo(6);
    }

    @Test
    void how_an_order_stands_can_be_asked() {
      assertThat(held.when("GET_RESERVATION", order("o1")).reply()).isEqualTo(held.reply());
      assertThat(held.when("GET_RESERVATION", order("o2")).reply().at("/status").stringValue())
          .isEqualTo("none");
    }
  }

  @Nested
  class Expiring {
    private final TestTurn held = ten.when("RESERVE_STOCK", reserve("o1", 4));

    @Test
    void a_reservation_has_a_timer_that_its_end_calls_off() {
      assertThat(held.timer("reservation o1").dueAt()).isEqualTo("2026-01-01T00:20:00Z");
      assertThat(held.when("CONFIRM_RESERVATION", order("o1")).timers()).hasSize(1);
      assertThat(held.when("RELEASE_STOCK", order("o1")).timers()).hasSize(1);
    }

    @Test
    void what_is_not_confirmed_in_time_is_there_for_others() {
      TestTurn expired =
          INVENTORY
              .given(held.state())
              .at(Instant.parse("2026-01-01T00:20:00Z"))
              .when("EXPIRE_RESERVATION", order("o1"));

      assertThat(expired.emitted("RESERVATION_EXPIRED").at("/available").intValue()).isEqualTo(10);
      assertThat(expired.state().at("/reserved").intValue()).isZero();
    }

    @Test
    void a_timer_that_comes_too_early_or_too_late_changes_nothing() {
      TestTurn early = held.when("EXPIRE_RESERVATION", order("o1"));
      TestTurn sold = held.when("CONFIRM_RESERVATION", order("o1"));
      TestTurn late =
          INVENTORY
              .given(sold.state())
              .at(Instant.parse("2026-01-01T01:00:00Z"))
              .when("EXPIRE_RESERVATION", order("o1"));

      assertThat(early.state()).isEqualTo(held.state());
      assertThat(late.state()).isEqualTo(sold.state());
      assertThat(late.emitted()).isEmpty();
    }
  }

  @Nested
  class Warning {
    private final TestTurn watched =
        ten.when("SET_LOW_STOCK_THRESHOLD", Map.of("productId", "p1", "threshold", 3));

    @Test
    void falling_to_the_threshold_is_said_once() {
      TestTurn seven = watched.when("RESERVE_STOCK", reserve("o1", 7));
      TestTurn two = seven.when("RESERVE_STOCK", reserve("o2", 1));

      assertThat(seven.emitted("LOW_STOCK_ALERT"))
          .hasToString(
              """
              {"productId":"p1","available":3,"threshold":3}\
              """);
      assertThat(two.emitted()).hasSize(1);
    }

    @Test
    void it_is_said_again_when_more_came_in_between() {
      TestTurn turn =
          watched
              .when("UPDATE_STOCK", stock(3))
              .when("UPDATE_STOCK", stock(9))
              .when("UPDATE_STOCK", stock(1));

      assertThat(turn.emitted("LOW_STOCK_ALERT").at("/available").intValue()).isEqualTo(1);
    }

    @Test
    void a_threshold_above_what_is_there_is_said_at_once() {
      TestTurn turn =
          ten.when("SET_LOW_STOCK_THRESHOLD", Map.of("productId", "p1", "threshold", 10));

      assertThat(turn.emitted("LOW_STOCK_ALERT").at("/threshold").intValue()).isEqualTo(10);
    }
  }

  @Test
  void the_price_stays_with_the_stock() {
    TestTurn turn =
        ten.when("SET_PRICE", Map.of("productId", "p1", "price", 29.9, "currency", "EUR"));

    assertThat(turn.when("UPDATE_STOCK", change(1)).when("GET_PRODUCT_STOCK", PRODUCT).reply())
        .hasToString(
            """
            {"productId":"p1","stock":11,"reserved":0,"available":11,"addedToCarts":0,\
            "price":29.9,"currency":"EUR"}\
            """);
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

  static Map<String, Object> reserve(String orderId, int quantity) {
    return Map.of("productId", "p1", "orderId", orderId, "userId", "u1", "quantity", quantity);
  }

  static Map<String, Object> order(String orderId) {
    return Map.of("productId", "p1", "orderId", orderId);
  }

  private static String added(int quantity) {
    return """
    {"userId":"u1","productId":"p1","name":"P","quantity":%d,"price":29.99,"currency":"EUR"}
    """
        .formatted(quantity);
  }
}
