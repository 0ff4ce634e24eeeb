package shop.cart;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One user's cart: its state, and the answer to most of what it is asked.
 *
 * <pre>
 *   Open ──checkOut──▶ CheckingOut ──there is an order──▶ Ordered ──anything is added──▶ Open
 *   │  ▲                     └──no stock, no payment──┐        │
 *   │  └──────────────────────────────────────────────┴────────┘
 *   └──nobody comes back──▶ Abandoned ──any change──▶ Open
 * </pre>
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "status")
public sealed interface Cart {
  /** What is in it, and what that costs. */
  Basket basket();

  /** The order that is, or was, made of it. */
  default @Nullable String orderId() {
    return null;
  }

  /** Whether a timer is set that looks whether anything has changed. */
  default boolean watched() {
    return false;
  }

  /**
   * Takes changes.
   *
   * @param idleAt when it counts as left alone; absent if it is empty, or if that was told
   */
  @JsonTypeName("open")
  record Open(@JsonUnwrapped Basket basket, @JsonInclude(NON_NULL) @Nullable Instant idleAt)
      implements Cart {
    @Override
    public boolean watched() {
      return idleAt != null;
    }
  }

  /** An order is being made of it: what is in it stays as it is. */
  @JsonTypeName("checking_out")
  record CheckingOut(String orderId, @JsonUnwrapped Basket basket) implements Cart {
    Ordered ordered() {
      return new Ordered(orderId, basket);
    }
  }

  /** It has become an order. What is added next goes into an empty cart. */
  @JsonTypeName("ordered")
  record Ordered(String orderId, @JsonUnwrapped Basket basket) implements Cart {}

  /** Its user hasn't come back, and was told. It waits for them. */
  @JsonTypeName("abandoned")
  record Abandoned(@JsonUnwrapped Basket basket) implements Cart {}
}
