package shop.cart;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is in a cart. The amounts are computed, never kept: they can't disagree with the items.
 * Immutable.
 *
 * @param userId whose it is
 * @param currency of all amounts, an ISO 4217 code of a currency with two decimals
 * @param items one line a product, in the order in which they came
 * @param coupon the one coupon that is applied, if any
 */
@JsonPropertyOrder({"userId", "currency", "items", "coupon", "subtotal", "discount", "total"})
public record Basket(
    String userId, String currency, List<CartItem> items, @Nullable Coupon coupon) {
  private static final BigDecimal NOTHING = new BigDecimal("0.00");

  public Basket {
    items = List.copyOf(items);
  }

  static Basket empty(String userId) {
    return new Basket(userId, "EUR", List.of(), null);
  }

  /** The sum of all lines. */
  @JsonProperty
  public BigDecimal subtotal() {
    BigDecimal sum = NOTHING;
    for (CartItem item : items) {
      sum = sum.add(item.total());
    }
    return sum;
  }

  /** What the coupon takes off. */
  @JsonProperty
  public BigDecimal discount() {
    return coupon == null ? NOTHING : coupon.discount(subtotal());
  }

  /** What is to be paid. */
  @JsonProperty
  public BigDecimal total() {
    return subtotal().subtract(discount());
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  Optional<CartItem> item(String productId) {
    int at = indexOf(productId);
    return at < 0 ? Optional.empty() : Optional.of(items.get(at));
  }

  /** With this line in the place of the one of the same product, or else at the end. */
  Basket with(CartItem item) {
    List<CartItem> changed = new ArrayList<>(items);
    int at = indexOf(item.productId());
    if (at < 0) {
      changed.add(item);
    } else {
      changed.set(at, item);
    }
    return new Basket(userId, currency, changed, coupon);
  }

  Basket without(CartItem item) {
    List<CartItem> changed = new ArrayList<>(items);
    changed.remove(item);
    return new Basket(userId, currency, changed, coupon);
  }

  Basket with(Coupon applied) {
    return new Basket(userId, currency, items, applied);
  }

  Basket in(String otherCurrency) {
    return new Basket(userId, otherCurrency, items, coupon);
  }

  private int indexOf(String productId) {
    for (int at = 0; at < items.size(); at++) {
      if (items.get(at).productId().equals(productId)) {
        return at;
      }
    }
    return -1;
  }
}
