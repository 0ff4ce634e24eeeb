package shop.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.cart.Payloads.item;
import static shop.cart.Payloads.product;
import static shop.cart.Payloads.user;
import static shop.cart.Payloads.with;

import dev.relay.testkit.TestActor;
import dev.relay.testkit.TestTurn;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random commands, and beside the actor a shopkeeper with pencil and paper who counts in cents. */
class CartPropertiesTest {
  private static final int COMMANDS = 300;
  private static final TestActor CART = TestActor.of(Path.of("actors"), "cart", new CartActor());

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 10);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatever_is_asked_the_cart_is_what_the_shopkeeper_wrote_down(long seed) {
    Random random = new Random(seed);
    Shopkeeper shopkeeper = new Shopkeeper();
    TestTurn turn = CART.when("GET_CART", user());
    for (int command = 0; command < COMMANDS; command++) {
      TestTurn next = shopkeeper.ask(turn, random);
      turn = next.when("GET_CART", user());
      shopkeeper.compare(turn.reply(Cart.class).basket());
    }
  }

  /** Says what a cart should hold, and which refusal to expect. */
  private static final class Shopkeeper {
    private record Line(int quantity, long cents) {}

    private static final Map<String, Integer> PERCENT =
        Map.of("NONE", 0, "WELCOME10", 10, "SUMMER25", 25);

    private final Map<String, Line> lines = new LinkedHashMap<>();
    private String coupon = "NONE";

    /** Sends a random command, and writes down what should have come of it. */
    TestTurn ask(TestTurn cart, Random random) {
      String product = "p" + random.nextInt(60);
      int quantity = 1 + random.nextInt(random.nextBoolean() ? 3 : 100);
      return switch (random.nextInt(20)) {
        case 0, 1 -> change(cart, product, quantity);
        case 2, 3 -> remove(cart, product);
        case 4 -> apply(cart, List.of("WELCOME10", "SUMMER25", "FREE100").get(random.nextInt(3)));
        case 5 -> random.nextInt(20) == 0 ? clear(cart) : add(cart, product, quantity, 0);
        default ->
            add(cart, product, quantity, random.nextInt(random.nextBoolean() ? 100 : 100_000_000));
      };
    }

    private TestTurn add(TestTurn cart, String product, int quantity, long cents) {
      Line line = lines.get(product);
      int merged = quantity + (line == null ? 0 : line.quantity());
      String refusal =
          line == null && lines.size() == 50
              ? "CART_FULL"
              : merged > 100 ? "QUANTITY_TOO_LARGE" : "";
      if (refusal.isEmpty()) {
        lines.put(product, new Line(merged, cents));
      }
      String price = BigDecimal.valueOf(cents, 2).toPlainString();
      return expect(refusal, cart.when("ADD_TO_CART", item(product, quantity, price)));
    }

    private TestTurn change(TestTurn cart, String product, int quantity) {
      Line before =
          lines.computeIfPresent(product, (name, line) -> new Line(quantity, line.cents()));
      return expect(
          before == null ? "NOT_IN_CART" : "",
          cart.when("UPDATE_CART_ITEM", with(product(product), "quantity", quantity)));
    }

    private TestTurn remove(TestTurn cart, String product) {
      String refusal = lines.remove(product) == null ? "NOT_IN_CART" : "";
      return expect(refusal, cart.when("REMOVE_FROM_CART", product(product)));
    }

    private TestTurn apply(TestTurn cart, String code) {
      boolean known = PERCENT.containsKey(code);
      coupon = known ? code : coupon;
      return expect(
          known ? "" : "UNKNOWN_COUPON", cart.when("APPLY_COUPON", with(user(), "code", code)));
    }

    private TestTurn clear(TestTurn cart) {
      lines.clear();
      coupon = "NONE";
      return expect("", cart.when("CLEAR_CART", user()));
    }

    private static TestTurn expect(String refusal, TestTurn turn) {
      if (refusal.isEmpty()) {
        assertThat(turn.emitted()).hasSize(1);
      } else {
        assertThat(turn.refusal().reason()).isEqualTo(refusal);
      }
      return turn;
    }

    void compare(Basket basket) {
      long subtotal = 0;
      for (Line line : lines.values()) {
        subtotal += line.quantity() * line.cents();
      }
      long discount = evenCents(subtotal * PERCENT.getOrDefault(coupon, 0));
      assertThat(basket.items())
          .extracting(CartItem::productId)
          .containsExactlyElementsOf(lines.keySet());
      assertThat(basket.items())
          .allSatisfy(line -> assertThat(line.quantity()).isBetween(1, 100))
          .extracting(CartItem::quantity)
          .containsExactlyElementsOf(lines.values().stream().map(Line::quantity).toList());
      assertThat(basket.subtotal()).isEqualTo(BigDecimal.valueOf(subtotal, 2));
      assertThat(basket.discount()).isEqualTo(BigDecimal.valueOf(discount, 2));
      assertThat(basket.total()).isEqualTo(BigDecimal.valueOf(subtotal - discount, 2));
    }

    /** Hundredths of cents, rounded to cents, a half to the even one. */
    private static long evenCents(long hundredths) {
      long cents = hundredths / 100;
      long rest = hundredths % 100;
      return rest > 50 || (rest == 50 && cents % 2 == 1) ? cents + 1 : cents;
    }
  }
}
