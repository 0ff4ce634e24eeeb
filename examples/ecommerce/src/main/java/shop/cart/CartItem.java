package shop.cart;

import java.math.BigDecimal;

/**
 * One line of a cart. Immutable.
 *
 * @param quantity 1 to 100
 * @param price of one piece, with two decimals
 */
public record CartItem(String productId, String name, int quantity, BigDecimal price) {
  public CartItem {
    price = price.setScale(2); // 29.9 becomes 29.90; the schema has refused a third decimal
  }

  BigDecimal total() {
    return price.multiply(BigDecimal.valueOf(quantity));
  }

  CartItem withQuantity(int changed) {
    return new CartItem(productId, name, changed, price);
  }
}
