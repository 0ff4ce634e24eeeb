package shop.inventory;

import java.math.BigDecimal;
import java.time.Instant;

/** What the stock of a product tells others and answers, where that isn't a {@link Reservation}. */
sealed interface InventoryEvent {
  record StockUpdated(String productId, int stock, int available) implements InventoryEvent {}

  record StockReserved(
      String productId, String orderId, String userId, int quantity, Instant expiresAt)
      implements InventoryEvent {}

  record StockInsufficient(
      String productId, String orderId, String userId, int quantity, int available)
      implements InventoryEvent {}

  /** Of STOCK_RELEASED and RESERVATION_EXPIRED. */
  record StockFreed(String productId, String orderId, int quantity, int available)
      implements InventoryEvent {}

  record ReservationConfirmed(String productId, String orderId, int quantity, int stock)
      implements InventoryEvent {}

  record LowStock(String productId, int available, int threshold) implements InventoryEvent {}

  record Priced(String productId, BigDecimal price, String currency) implements InventoryEvent {}

  record Threshold(String productId, int threshold) implements InventoryEvent {}
}
