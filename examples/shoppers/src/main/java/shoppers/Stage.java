package shoppers;

import java.util.List;

/** How far a seeded order comes. */
enum Stage {
  CONFIRMED,
  SHIPPED,
  DELIVERED,
  COMPLETED,
  RETURN_REQUESTED,
  RETURNED,
  CANCELLED,
  REJECTED,
  PENDING,
  AWAITING_STOCK,
  AWAITING_PAYMENT;

  /** Every stage once, then mostly what a shop has most of. */
  static Stage of(int order) {
    List<Stage> usual = List.of(DELIVERED, COMPLETED, CONFIRMED, SHIPPED, COMPLETED);
    return order < values().length
        ? values()[order]
        : usual.get((order - values().length) % usual.size());
  }

  /** Whether somebody checks a cart out for it, successfully. */
  boolean isBought() {
    return ordinal() <= CANCELLED.ordinal();
  }

  /** Whether the carrier has had it. */
  boolean isSent() {
    return this != CONFIRMED && this != CANCELLED && isBought();
  }

  /** Whether it has been at the door. */
  boolean isDelivered() {
    return isSent() && this != SHIPPED;
  }
}
