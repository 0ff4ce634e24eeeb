package shop.cart;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * A coupon for a part of the price. A cart keeps it as it was when it was applied. Immutable.
 *
 * @param code what the user types
 * @param percent what it takes off the subtotal, 1 to 100
 */
public record Coupon(String code, int percent) {
  /** The coupons that this shop has given out. */
  private static final List<Coupon> GIVEN_OUT =
      List.of(new Coupon("WELCOME10", 10), new Coupon("SUMMER25", 25));

  static Optional<Coupon> of(String code) {
    return GIVEN_OUT.stream().filter(coupon -> coupon.code().equals(code)).findFirst();
  }

  /** The discount, rounded half-even to two decimals: the one amount that is ever rounded. */
  BigDecimal discount(BigDecimal subtotal) {
    return subtotal.multiply(BigDecimal.valueOf(percent, 2)).setScale(2, RoundingMode.HALF_EVEN);
  }
}
