package shop.cart;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked of a cart. Whose cart it is, the turn knows. */
sealed interface CartCommand {
  /**
   * @param currency of the price; the cart's own where it is absent
   */
  record AddToCart(
      String productId, String name, int quantity, BigDecimal price, @Nullable String currency)
      implements CartCommand {
    CartItem item() {
      return new CartItem(productId, name, quantity, price);
    }
  }

  record UpdateCartItem(String productId, int quantity) implements CartCommand {}

  record RemoveFromCart(String productId) implements CartCommand {}

  record ApplyCoupon(String code) implements CartCommand {}

  /**
   * @param orderId what the cart was to become; any order, where it is absent
   */
  record RestoreCart(@Nullable String orderId) implements CartCommand {}

  /** Something that has happened to the order that was made of it. */
  record OrderNews(String orderId) implements CartCommand {}

  /** What was in it when it was last looked at. */
  record AbandonCart(List<CartItem> items, BigDecimal total) implements CartCommand {
    boolean finds(Basket basket) {
      return items.equals(basket.items()) && total.compareTo(basket.total()) == 0;
    }
  }

  /** Sent by the cart to itself. */
  record CheckIdle(String userId) implements CartCommand {}
}
