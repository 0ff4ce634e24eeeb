package shop.cart;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
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

  /** Takes changes. */
  @JsonTypeName("open")
  record Open(@JsonUnwrapped Basket basket) implements Cart {
    boolean isEmpty() {
      return basket.isEmpty();
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
