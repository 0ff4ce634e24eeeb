package shop.cart;

import java.math.BigDecimal;

/** What a cart costs, without what is in it. */
public record CartTotal(
    String currency, BigDecimal subtotal, BigDecimal discount, BigDecimal total) {
  static CartTotal of(Basket basket) {
    return new CartTotal(basket.currency(), basket.subtotal(), basket.discount(), basket.total());
  }
}
