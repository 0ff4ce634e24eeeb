package shoppers;

import java.util.Set;

/** Words by which the shop says no. */
final class Reasons {
  static final String OUT_OF_STOCK = "OUT_OF_STOCK";
  static final String PAYMENT_DECLINED = "PAYMENT_DECLINED";

  /** The order that the cart still names has come to nothing; no new one was made. */
  static final String ORDER_CLOSED = "ORDER_CLOSED";

  static final String CART_LOCKED = "CART_LOCKED";

  /** With these a checkout ends as it should. */
  static final Set<String> OF_A_CHECKOUT = Set.of(OUT_OF_STOCK, PAYMENT_DECLINED, ORDER_CLOSED);

  private Reasons() {}
}
