package shop.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order: its state, what its events tell, and the answer to what it is asked. Sums are computed,
 * never kept. Immutable.
 *
 * @param lines one a product
 * @param held products of which the stock has said that they are held
 * @param confirmedAt when it was paid; it stays when the order is cancelled or sent back
 * @param reason why it was cancelled, rejected or sent back
 */
public record Order(
    String orderId,
    String userId,
    OrderStatus status,
    String currency,
    List<OrderLine> lines,
    BigDecimal shipping,
    BigDecimal tax,
    BigDecimal discount,
    @Nullable Address shipTo,
    Instant createdAt,
    List<String> held,
    @Nullable Instant confirmedAt,
    @Nullable String reason) {

  /** Where it goes. */
  public record Address(
      String name, String street, String city, @Nullable String zip, String country) {}

  public Order {
    lines = List.copyOf(lines);
    held = List.copyOf(held);
    shipping = shipping.setScale(2);
    tax = tax.setScale(2);
    discount = discount.setScale(2);
  }

  /** The sum of all lines. */
  @JsonProperty
  public BigDecimal subtotal() {
    return lines.stream()
        .map(OrderLine::total)
        .reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add);
  }

  /** What is to be paid. */
  @JsonProperty
  public BigDecimal total() {
    return subtotal().add(shipping).add(tax).subtract(discount);
  }

  Order as(OrderStatus next, @Nullable String why, Instant now) {
    return new Order(
        orderId,
        userId,
        next,
        currency,
        lines,
        shipping,
        tax,
        discount,
        shipTo,
        createdAt,
        held,
        next == OrderStatus.CONFIRMED ? now : confirmedAt,
        why == null ? reason : why);
  }

  Order holding(String productId) {
    List<String> more = new ArrayList<>(held);
    if (!more.contains(productId)) {
      more.add(productId);
    }
    return new Order(
        orderId,
        userId,
        status,
        currency,
        lines,
        shipping,
        tax,
        discount,
        shipTo,
        createdAt,
        more,
        confirmedAt,
        reason);
  }

  /** Whether the stock has said of every line that it is held. */
  boolean isHeld() {
    return lines.stream().allMatch(line -> held.contains(line.productId()));
  }

  /** Whether it is what the other is, but for how far it has come. */
  boolean sameAs(Order other) {
    return userId.equals(other.userId)
        && currency.equals(other.currency)
        && lines.equals(other.lines)
        && total().equals(other.total());
  }
}
