package shop.inventory;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What is asked of a product's stock. Which product, the turn knows. */
sealed interface InventoryCommand {
  /** One of the two is there. */
  record UpdateStock(@Nullable Integer stock, @Nullable Integer change)
      implements InventoryCommand {}

  record ReserveStock(String orderId, String userId, int quantity, @Nullable Integer holdSeconds)
      implements InventoryCommand {}

  /** What is said of a reservation that may be there. */
  record OfOrder(String orderId) implements InventoryCommand {}

  /**
   * @param sold what a confirmed order gives back, where that isn't remembered any more
   */
  record ReleaseStock(String orderId, @Nullable Integer sold) implements InventoryCommand {}

  record SetPrice(BigDecimal price, String currency) implements InventoryCommand {}

  record SetThreshold(int threshold) implements InventoryCommand {}

  record ItemAdded(int quantity) implements InventoryCommand {}
}
