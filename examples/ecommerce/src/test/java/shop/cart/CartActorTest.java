package shop.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static shop.cart.Payloads.item;
import static shop.cart.Payloads.product;
import static shop.cart.Payloads.user;
import static shop.cart.Payloads.with;

import dev.relay.failure.ErrorCode;
import dev.relay.message.Json;
import dev.relay.message.Message;
import dev.relay.schema.Violation;
import dev.relay.testkit.TestActor;
import dev.relay.testkit.TestTurn;
import dev.relay.turn.TimerChange;
import dev.relay.turn.TurnOutcome.Refused;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CartActorTest {
  private static final TestActor CART = TestActor.of(Path.of("actors"), "cart", new CartActor());

  @Nested
  class Adding {
    @Test
    void the_first_product_opens_the_cart() {
      TestTurn turn =
          CART.when(
              "ADD_TO_CART",
              """
              {"userId":"user123","productId":"prod456","quantity":2,"price":29.99,
               "name":"Example Product"}
              """);

      assertThat(turn.reply())
          .hasToString(
              """
              {"status":"open","userId":"user123","currency":"EUR",\
              "items":[{"productId":"prod456","name":"Example Product","quantity":2,"price":29.99}],\
              "subtotal":59.98,"discount":0.00,"total":59.98,"idleAt":"2026-01-01T01:00:00Z"}\
              """);
      assertThat(turn.state()).isEqualTo(turn.reply());
      assertThat(turn.emitted()).extracting(Message::type).containsExactly("ITEM_ADDED_TO_CART");
      assertThat(turn.emitted("ITEM_ADDED_TO_CART"))
          .hasToString(
              """
              {"userId":"user123","productId":"prod456","name":"Example Product",\
              "quantity":2,"price":29.99,"currency":"EUR"}\
              """);
    }

    @Test
    void the_same_product_is_merged_at_the_newest_price_and_name() {
      TestTurn turn =
          CART.when("ADD_TO_CART", item("a", 1, "10"))
              .when("ADD_TO_CART", item("b", 1, "0.10"))
              .when("ADD_TO_CART", with(item("a", 2, "9.5"), "name", "Renamed"));

      assertThat(basket(turn).items())
          .containsExactly(
              new CartItem("a", "Renamed", 3, new BigDecimal("9.50")),
              new CartItem("b", "Product b", 1, new BigDecimal("0.10")));
      assertThat(basket(turn).total()).isEqualTo("28.60");
      assertThat(turn.emitted("ITEM_ADDED_TO_CART").at("/quantity").intValue()).isEqualTo(2);
    }

    @Test
    void there_are_a_hundred_of_a_product_and_not_one_more() {
      TestTurn hundred =
          CART.when("ADD_TO_CART", item("a", 60, "1")).when("ADD_TO_CART", item("a", 40, "1"));

      Refused refusal = hundred.when("ADD_TO_CART", item("a", 1, "1")).refusal();

      assertThat(basket(hundred).items().get(0).quantity()).isEqualTo(100);
      assertThat(refusal.reason()).isEqualTo("QUANTITY_TOO_LARGE");
      assertThat(refusal.message()).contains("at most 100", "would make 101");
    }

    @Test
    void fifty_products_fill_a_cart() {
      TestTurn full = CART.when("ADD_TO_CART", item("p1", 1, "1"));
      for (int product = 2; product <= 50; product++) {
        full = full.when("ADD_TO_CART", item("p" + product, 1, "1"));
      }

      TestTurn another = full.when("ADD_TO_CART", item("p51", 1, "1"));
      TestTurn same = full.when("ADD_TO_CART", item("p50", 1, "1"));

      assertThat(another.refusal().reason()).isEqualTo("CART_FULL");
      assertThat(basket(same).total()).isEqualTo("51.00");
    }

    @Test
    void a_cart_has_one_currency_that_only_an_empty_one_changes() {
      TestTurn dollars = CART.when("ADD_TO_CART", with(item("a", 1, "5"), "currency", "USD"));

      TestTurn francs = dollars.when("ADD_TO_CART", with(item("b", 1, "5"), "currency", "CHF"));
      TestTurn unsaid = dollars.when("ADD_TO_CART", item("b", 1, "5"));

      assertThat(francs.refusal().reason()).isEqualTo("CURRENCY_MISMATCH");
      assertThat(basket(unsaid).currency()).isEqualTo("USD");
      assertThat(unsaid.emitted("ITEM_ADDED_TO_CART").at("/currency").stringValue())
          .isEqualTo("USD");
    }

    @ParameterizedTest
    @CsvSource({
      "quantity, 0",
      "quantity, 101",
      "quantity, 1.5",
      "quantity, '\"2\"'",
      "price, -0.01",
      "price, 29.999",
      "price, 1e400",
      "price, 1e-400",
      "productId, '\"\"'",
      "currency, '\"JPY\"'",
      "colour, '\"red\"'",
    })
    void what_breaks_the_contract_is_refused_by_name(String field, String value) {
      TestTurn turn =
          CART.when("ADD_TO_CART", with(item("a", 1, "1"), field, Json.mapper().readTree(value)));

      assertThat(turn.refusal().code()).isEqualTo(ErrorCode.PAYLOAD_INVALID);
      assertThat(turn.refusal().violations())
          .extracting(Violation::pointer)
          .containsExactly("/" + field);
    }
  }

  @Nested
  class Changing {
    private final TestTurn two = CART.when("ADD_TO_CART", item("a", 2, "29.99"));

    @Test
    void a_quantity_is_set() {
      TestTurn turn = two.when("UPDATE_CART_ITEM", with(product("a"), "quantity", 5));

      assertThat(basket(turn).total()).isEqualTo("149.95");
      assertThat(turn.emitted("CART_UPDATED")).isEqualTo(turn.reply());
    }

    @Test
    void a_product_is_taken_out() {
      TestTurn turn = two.when("REMOVE_FROM_CART", product("a"));

      assertThat(basket(turn)).isEqualTo(Basket.empty("user123"));
      assertThat(turn.emitted("ITEM_REMOVED_FROM_CART"))
          .hasToString(
              """
              {"userId":"user123","productId":"a","quantity":2}\
              """);
    }

    @Test
    void what_is_not_in_the_cart_is_neither_changed_nor_taken_out() {
      TestTurn update = two.when("UPDATE_CART_ITEM", with(product("b"), "quantity", 5));
      TestTurn remove = two.when("REMOVE_FROM_CART", product("b"));

      assertThat(update.refusal().reason()).isEqualTo("NOT_IN_CART");
      assertThat(remove.refusal().reason()).isEqualTo("NOT_IN_CART");
    }

    @Test
    void a_coupon_takes_its_part_off_and_another_one_replaces_it() {
      TestTurn welcome = two.when("APPLY_COUPON", with(user(), "code", "WELCOME10"));
      TestTurn summer = welcome.when("APPLY_COUPON", with(user(), "code", "SUMMER25"));

      assertThat(basket(welcome).discount()).isEqualTo("6.00");
      assertThat(basket(welcome).total()).isEqualTo("53.98");
      assertThat(basket(summer).discount()).isEqualTo("15.00");
      assertThat(summer.emitted("CART_UPDATED")).isEqualTo(summer.reply());
    }

    @Test
    void a_discount_is_rounded_to_the_even_cent() {
      TestTurn turn = CART.when("APPLY_COUPON", with(user(), "code", "WELCOME10"));

      assertThat(basket(turn.when("ADD_TO_CART", item("a", 1, "0.25"))).discount())
          .isEqualTo("0.02");
      assertThat(basket(turn.when("ADD_TO_CART", item("a", 1, "0.35"))).discount())
          .isEqualTo("0.04");
    }

    @Test
    void a_coupon_that_nobody_gave_out_is_refused() {
      TestTurn turn = two.when("APPLY_COUPON", with(user(), "code", "FREE100"));

      assertThat(turn.refusal().reason()).isEqualTo("UNKNOWN_COUPON");
    }

    @Test
    void clearing_takes_everything_out() {
      TestTurn turn =
          two.when("APPLY_COUPON", with(user(), "code", "WELCOME10")).when("CLEAR_CART", user());

      assertThat(basket(turn)).isEqualTo(Basket.empty("user123"));
      assertThat(turn.emitted("CART_CLEARED"))
          .hasToString(
              """
              {"userId":"user123"}\
              """);
    }
  }

  @Nested
  class CheckingOut {
    private final TestTurn filled = CART.when("ADD_TO_CART", item("a", 2, "29.99"));
    private final TestTurn first = filled.when("CHECKOUT_CART", user());

    @Test
    void the_order_carries_the_id_of_the_checkout_that_made_it() {
      assertThat(first.reply().at("/status").stringValue()).isEqualTo("checking_out");
      assertThat(first.reply().at("/orderId").stringValue())
          .isEqualTo(first.message().id().value());
      assertThat(first.emitted("CART_CHECKED_OUT")).isEqualTo(first.reply());
    }

    @Test
    void asked_again_it_is_the_same_order_and_nothing_more_happens() {
      TestTurn again = first.when("CHECKOUT_CART", user());

      assertThat(again.reply()).isEqualTo(first.reply());
      assertThat(again.emitted()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void nothing_changes_a_cart_that_is_checked_out(String command, Map<String, Object> payload) {
      TestTurn turn = first.when(command, payload);

      assertThat(turn.refusal().reason()).isEqualTo("CART_LOCKED");
      assertThat(turn.refusal().message()).endsWith(first.message().id().value());
      assertThat(turn.when("GET_CART", user()).reply()).isEqualTo(first.reply());
    }

    static Stream<Arguments> changes() {
      return Stream.of(
          arguments("ADD_TO_CART", item("a", 1, "1")),
          arguments("UPDATE_CART_ITEM", with(product("a"), "quantity", 1)),
          arguments("REMOVE_FROM_CART", product("a")),
          arguments("APPLY_COUPON", with(user(), "code", "WELCOME10")),
          arguments("CLEAR_CART", user()));
    }

    @Test
    void a_checkout_that_came_to_nothing_leaves_everything_in_the_cart() {
      TestTurn restored =
          first.when("RESTORE_CART", with(user(), "orderId", first.message().id().value()));

      assertThat(restored.state()).isEqualTo(filled.state());
      assertThat(first.when("RESTORE_CART", with(user(), "orderId", "another")).state())
          .isEqualTo(first.state());
      assertThat(restored.when("RESTORE_CART", user()).state()).isEqualTo(filled.state());
    }

    @Test
    void an_empty_cart_is_not_checked_out() {
      assertThat(CART.when("CHECKOUT_CART", user()).refusal().reason()).isEqualTo("CART_EMPTY");
    }
  }

  @Nested
  class Ordering {
    private final TestTurn filled = CART.when("ADD_TO_CART", item("a", 2, "29.99"));
    private final TestTurn locked = filled.when("CHECKOUT_CART", user());
    private final String orderId = locked.message().id().value();
    private final TestTurn ordered = locked.when("ORDER_CREATED", order(orderId));

    @Test
    void a_cart_that_has_become_an_order_stays_that_order_when_asked_again() {
      TestTurn again = ordered.when("CHECKOUT_CART", user());

      assertThat(ordered.state().at("/status").stringValue()).isEqualTo("ordered");
      assertThat(again.reply().at("/orderId").stringValue()).isEqualTo(orderId);
      assertThat(again.emitted()).isEmpty();
    }

    @Test
    void what_is_added_after_an_order_goes_into_an_empty_cart_and_makes_another() {
      TestTurn next = ordered.when("ADD_TO_CART", item("b", 1, "5"));
      TestTurn other = next.when("CHECKOUT_CART", user());

      assertThat(basket(next).items()).extracting(CartItem::productId).containsExactly("b");
      assertThat(other.reply().at("/orderId").stringValue()).isNotEqualTo(orderId);
    }

    @Test
    void another_order_changes_nothing() {
      assertThat(locked.when("ORDER_CREATED", order("other")).state()).isEqualTo(locked.state());
      assertThat(locked.when("PAYMENT_FAILED", failure("other")).state()).isEqualTo(locked.state());
    }

    @Test
    void a_refused_payment_gives_everything_back_whether_or_not_the_order_was_there() {
      for (TestTurn before : List.of(locked, ordered)) {
        TestTurn back = before.when("PAYMENT_FAILED", failure(orderId));

        assertThat(back.state()).isEqualTo(filled.state());
        assertThat(back.emitted("CART_UPDATED")).isEqualTo(back.state());
        assertThat(back.when("PAYMENT_FAILED", failure(orderId)).emitted()).isEmpty();
      }
    }

    @Test
    void a_checkout_that_came_to_nothing_gives_everything_back() {
      for (TestTurn before : List.of(locked, ordered)) {
        TestTurn back = before.when("RESTORE_CART", with(user(), "orderId", orderId));

        assertThat(back.state()).isEqualTo(filled.state());
        assertThat(back.when("RESTORE_CART", user()).emitted()).isEmpty();
        assertThat(before.when("RESTORE_CART", with(user(), "orderId", "other")).state())
            .isEqualTo(before.state());
      }
    }

    @Test
    void too_little_stock_gives_everything_back() {
      Map<String, Object> news =
          Map.of(
              "orderId",
              orderId,
              "userId",
              "user123",
              "productId",
              "a",
              "quantity",
              2,
              "available",
              1);

      assertThat(locked.when("STOCK_INSUFFICIENT", news).state()).isEqualTo(filled.state());
    }

    @Test
    void who_has_gone_on_shopping_keeps_the_new_cart() {
      TestTurn next = ordered.when("ADD_TO_CART", item("b", 1, "5"));

      assertThat(next.when("PAYMENT_FAILED", failure(orderId)).state()).isEqualTo(next.state());
    }

    private static String order(String orderId) {
      return """
      {"orderId":"%s","userId":"user123","status":"pending","currency":"EUR",
       "lines":[{"productId":"a","name":"Product a","quantity":2,"price":29.99}],
       "subtotal":59.98,"shipping":0,"tax":0,"discount":0,"total":59.98,
       "createdAt":"2026-01-01T00:00:00Z","held":[]}
      """
          .formatted(orderId);
    }

    private static Map<String, Object> failure(String orderId) {
      return Map.of(
          "orderId", orderId,
          "userId", "user123",
          "amount", 59.98,
          "currency", "EUR",
          "reason", "card_declined");
    }
  }

  @Nested
  class Idling {
    private final TestTurn filled = CART.when("ADD_TO_CART", item("a", 2, "29.99"));
    private final Map<String, Object> left =
        Map.of("userId", "user123", "items", filled.state().get("items"), "total", 59.98);

    @Test
    void a_cart_is_idle_an_hour_after_its_last_change_and_is_told_as_it_is() {
      Instant later = filled.timer("idle").dueAt().minusSeconds(1);
      TestTurn changed =
          CART.given(filled.state()).at(later).when("ADD_TO_CART", item("b", 1, "5"));

      TestTurn early = check(changed, filled.timer("idle").dueAt());
      TestTurn idle = check(early, early.timer("idle").dueAt());

      assertThat(changed.timers()).as("one is set already").isEmpty();
      assertThat(early.emitted()).isEmpty();
      assertThat(early.timer("idle").dueAt()).isEqualTo(later.plus(Duration.ofHours(1)));
      assertThat(idle.emitted("CART_IDLE").at("/items")).hasSize(2);
      assertThat(idle.timers()).isEmpty();
    }

    @Test
    void what_is_changed_after_that_is_waited_for_anew() {
      TestTurn idle = check(filled, filled.timer("idle").dueAt());

      assertThat(idle.when("ADD_TO_CART", item("b", 1, "5")).timer("idle")).isNotNull();
      assertThat(check(idle, Instant.parse("2027-01-01T00:00:00Z")).emitted()).isEmpty();
    }

    @Test
    void a_cart_that_was_emptied_or_checked_out_meanwhile_is_not_idle() {
      for (TestTurn turn :
          List.of(
              filled.when("REMOVE_FROM_CART", product("a")),
              filled.when("CHECKOUT_CART", user()))) {
        TestTurn checked = check(turn, Instant.parse("2027-01-01T00:00:00Z"));
        assertThat(checked.emitted()).isEmpty();
        assertThat(checked.timers()).isEmpty();
      }
    }

    @Test
    void an_empty_cart_and_one_that_is_checked_out_are_never_idle() {
      TestTurn emptied = filled.when("REMOVE_FROM_CART", product("a"));
      TestTurn locked = filled.when("CHECKOUT_CART", user());

      assertThat(emptied.timers()).containsExactly(new TimerChange.CallOff("idle"));
      assertThat(locked.timers()).containsExactly(new TimerChange.CallOff("idle"));
    }

    @Test
    void a_cart_that_nobody_came_back_to_is_given_up_once() {
      TestTurn givenUp = filled.when("ABANDON_CART", left);

      assertThat(givenUp.emitted("CART_ABANDONED").at("/total")).hasToString("59.98");
      assertThat(givenUp.timers()).containsExactly(new TimerChange.CallOff("idle"));
      assertThat(givenUp.when("ABANDON_CART", left).emitted()).isEmpty();
    }

    @Test
    void a_cart_that_is_another_one_by_now_is_not_given_up() {
      TestTurn more = filled.when("ADD_TO_CART", item("b", 1, "5"));
      TestTurn cheaper = filled.when("APPLY_COUPON", with(user(), "code", "WELCOME10"));
      TestTurn locked = filled.when("CHECKOUT_CART", user());

      for (TestTurn before : List.of(more, cheaper, locked)) {
        TestTurn after = before.when("ABANDON_CART", left);
        assertThat(after.emitted()).isEmpty();
        assertThat(after.reply()).isEqualTo(before.state());
      }
    }

    @Test
    void who_comes_back_to_a_given_up_cart_finds_it_as_it_was() {
      TestTurn givenUp = filled.when("ABANDON_CART", left);
      TestTurn back = givenUp.when("ADD_TO_CART", item("b", 1, "5"));

      assertThat(basket(back).items()).hasSize(2);
      assertThat(back.timer("idle")).isNotNull();
      assertThat(givenUp.when("CHECKOUT_CART", user()).emitted("CART_CHECKED_OUT")).isNotNull();
    }

    private static TestTurn check(TestTurn before, Instant time) {
      return CART.given(before.state()).at(time).when("CHECK_IDLE", user());
    }
  }

  @Nested
  class Looking {
    @Test
    void who_has_put_nothing_into_a_cart_sees_an_empty_one() {
      TestTurn turn = CART.when("GET_CART", user());

      assertThat(turn.reply())
          .hasToString(
              """
              {"status":"open","userId":"user123","currency":"EUR","items":[],\
              "subtotal":0.00,"discount":0.00,"total":0.00}\
              """);
    }

    @Test
    void the_total_is_that_of_the_cart() {
      TestTurn turn =
          CART.when("ADD_TO_CART", item("a", 3, "29.99")).when("GET_CART_TOTAL", user());

      assertThat(turn.reply())
          .hasToString(
              """
              {"currency":"EUR","subtotal":89.97,"discount":0.00,"total":89.97}\
              """);
    }
  }

  private static Basket basket(TestTurn turn) {
    return turn.reply(Cart.class).basket();
  }
}
