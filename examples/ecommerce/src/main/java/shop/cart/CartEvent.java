package shop.cart;

import java.math.BigDecimal;
import java.util.List;

/** What a cart tells others, where that isn't the whole {@link Cart}. */
sealed interface CartEvent {
  /** Quantity and price are those that were added, not those of the merged line. */
  record ItemAdded(
      String userId, String productId, String name, int quantity, BigDecimal price, String currency)
      implements CartEvent {
    static ItemAdded of(Basket basket, CartItem item) {
      return new ItemAdded(
          basket.userId(),
          item.productId(),
          item.name(),
          item.quantity(),
          item.price(),
          basket.currency());
    }
  }

  record ItemRemoved(String userId, String productId, int quantity) implements CartEvent {
    static ItemRemoved of(Basket basket, CartItem item) {
      return new ItemRemoved(basket.userId(), item.productId(), item.quantity());
    }
  }

  record CartCleared(String userId) implements CartEvent {}

  record CartAbandoned(String userId, String currency, List<CartItem> items, BigDecimal total)
      implements CartEvent {
    static CartAbandoned of(Basket basket) {
      return new CartAbandoned(basket.userId(), basket.currency(), basket.items(), basket.total());
    }
  }
}
