package shop.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is asked of an order. Which one, the turn knows. */
sealed interface OrderCommand {
  /** Amounts that are absent are nothing. */
  record CreateOrder(
      String orderId,
      String userId,
      String currency,
      List<OrderLine> lines,
      @Nullable BigDecimal shipping,
      @Nullable BigDecimal tax,
      @Nullable BigDecimal discount,
      Order.@Nullable Address shipTo)
      implements OrderCommand {
    Order order(Instant now) {
      return new Order(
          orderId,
          userId,
          OrderStatus.PENDING,
          currency,
          OrderLine.merged(lines),
          amount(shipping),
          amount(tax),
          amount(discount),
          shipTo,
          now,
          List.of(),
          null,
          null);
    }

    private static BigDecimal amount(@Nullable BigDecimal given) {
      return Objects.requireNonNullElse(given, BigDecimal.ZERO);
    }
  }

  record ConfirmOrder(BigDecimal amount) implements OrderCommand {}

  record UpdateStatus(OrderStatus status, @Nullable String reason) implements OrderCommand {}

  /** Of CANCEL_ORDER and REQUEST_RETURN. */
  record Because(@Nullable String reason) implements OrderCommand {}

  /** Of STOCK_RESERVED and STOCK_INSUFFICIENT. */
  record OfStock(String productId) implements OrderCommand {}

  /** The answer of GET_ORDER_STATUS. */
  record StatusOf(String orderId, OrderStatus status) implements OrderCommand {}
}
