package shop.inventory;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an order stands with a product.
 *
 * @param quantity what is held, sold or given back; 0 where nothing was
 * @param available what others can have
 * @param expiresAt of what is held
 */
public record Reservation(
    String productId,
    String orderId,
    Status status,
    int quantity,
    int available,
    @Nullable Instant expiresAt) {
  /**
   *
   *
   * <pre>
   *   NONE ──reserve──▶ RESERVED ──confirm──▶ CONFIRMED ──release──▶ RELEASED
   *    ▲                  │  └───────────────release──────────────────▲
   *    └─────expire───────┘
   * </pre>
   */
  public enum Status {
    @JsonProperty("none")
    NONE,
    @JsonProperty("insufficient")
    INSUFFICIENT,
    @JsonProperty("reserved")
    RESERVED,
    @JsonProperty("confirmed")
    CONFIRMED,
    @JsonProperty("released")
    RELEASED
  }

  /** What an inventory says of an order. */
  static Reservation of(String productId, String orderId, Inventory inventory) {
    int available = inventory.available();
    Inventory.Held held = inventory.held(orderId).orElse(null);
    if (held != null) {
      return new Reservation(
          productId, orderId, Status.RESERVED, held.quantity(), available, held.expiresAt());
    }
    return inventory
        .ended(orderId)
        .map(
            end ->
                new Reservation(productId, orderId, end.status(), end.quantity(), available, null))
        .orElseGet(() -> new Reservation(productId, orderId, Status.NONE, 0, available, null));
  }
}
