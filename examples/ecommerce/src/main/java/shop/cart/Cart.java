package shop.cart;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * One user's cart: its state, and the answer to most of what it is asked.
 *
 * <pre>
 *   Open ──checkOut──▶ CheckingOut
 * </pre>
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "status")
public sealed interface Cart {
  /** What is in it, and what that costs. */
  Basket basket();

  /** Takes changes. */
  @JsonTypeName("open")
  record Open(@JsonUnwrapped Basket basket) implements Cart {
    CheckingOut checkOut(String orderId) {
      return new CheckingOut(orderId, basket);
    }
  }

  /** An order is being made of it: what is in it stays as it is. */
  @JsonTypeName("checking_out")
  record CheckingOut(String orderId, @JsonUnwrapped Basket basket) implements Cart {}
}
