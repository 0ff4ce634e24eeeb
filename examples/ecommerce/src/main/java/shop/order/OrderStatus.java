package shop.order;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How far an order has come.
 *
 * <pre>
 *   PENDING ──▶ AWAITING_STOCK ──▶ AWAITING_PAYMENT ──▶ CONFIRMED ──▶ SHIPPED ──▶ DELIVERED ──▶ COMPLETED
 *      │              │                   │                 │                      │    ▲
 *      ├──────────────┴──▶ REJECTED       │                 │                      ▼    │
 *      └──────────────┴───────────────────┴─▶ CANCELLED ◀───┘              RETURN_REQUESTED ──▶ RETURNED
 * </pre>
 *
 * What is asked to come back and never does is COMPLETED too. The first four may be skipped
 * forwards: who confirms an order has held its stock and taken its payment, and the events that
 * tell of it may come later than that word.
 */
public enum OrderStatus {
  PENDING,
  AWAITING_STOCK,
  AWAITING_PAYMENT,
  CONFIRMED,
  SHIPPED,
  DELIVERED,
  COMPLETED,
  RETURN_REQUESTED,
  RETURNED,
  CANCELLED,
  REJECTED;

  private static final Map<OrderStatus, Set<OrderStatus>> STEPS =
      Map.of(
          PENDING, Set.of(AWAITING_STOCK, AWAITING_PAYMENT, CONFIRMED, CANCELLED, REJECTED),
          AWAITING_STOCK, Set.of(AWAITING_PAYMENT, CONFIRMED, CANCELLED, REJECTED),
          AWAITING_PAYMENT, Set.of(CONFIRMED, CANCELLED),
          CONFIRMED, Set.of(SHIPPED, CANCELLED),
          SHIPPED, Set.of(DELIVERED),
          DELIVERED, Set.of(COMPLETED, RETURN_REQUESTED),
          RETURN_REQUESTED, Set.of(RETURNED, DELIVERED, COMPLETED));

  boolean mayBecome(OrderStatus next) {
    return STEPS.getOrDefault(this, Set.of()).contains(next);
  }

  /** The event that tells of an order which has become this. */
  String event() {
    return switch (this) {
      case CONFIRMED -> "ORDER_CONFIRMED";
      case CANCELLED, REJECTED -> "ORDER_CANCELLED";
      case COMPLETED -> "ORDER_COMPLETED";
      case RETURN_REQUESTED -> "RETURN_REQUESTED";
      case RETURNED -> "RETURN_RECEIVED";
      default -> "ORDER_UPDATED";
    };
  }

  /** As it is written in messages. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
