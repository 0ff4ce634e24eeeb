package shoppers;

import java.util.Locale;

/** What was acknowledged about an order that was checked out and paid. */
enum Fate {
  CONFIRMED,
  SHIPPED,
  DELIVERED,
  RETURN_REQUESTED,
  RETURNED,
  CANCELLED;

  /** As the order says it. */
  String status() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether its pieces are on the shelves again, and its money is back. */
  boolean isUndone() {
    return this == RETURNED || this == CANCELLED;
  }
}
