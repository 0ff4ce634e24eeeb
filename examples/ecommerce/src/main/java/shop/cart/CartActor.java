package shop.cart;

import dev.relay.actor.Handles;
import dev.relay.actor.RelayActor;
import dev.relay.actor.Turn;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import shop.cart.CartCommand.AbandonCart;
import shop.cart.CartCommand.AddToCart;
import shop.cart.CartCommand.ApplyCoupon;
import shop.cart.CartCommand.CheckIdle;
import shop.cart.CartCommand.OrderNews;
import shop.cart.CartCommand.RemoveFromCart;
import shop.cart.CartCommand.RestoreCart;
import shop.cart.CartCommand.UpdateCartItem;
import shop.cart.CartEvent.CartAbandoned;
import shop.cart.CartEvent.CartCleared;
import shop.cart.CartEvent.ItemAdded;
import shop.cart.CartEvent.ItemRemoved;

/** What a user means to buy, up to the moment it becomes an order. */
public final class CartActor extends RelayActor<Cart> {
  private static final int MAX_LINES = 50;
  private static final int MAX_QUANTITY = 100;

  private static final String IDLE = "idle";
  private static final Duration UNTIL_IDLE = Duration.ofHours(1);

  @Handles("ADD_TO_CART")
  Cart add(AddToCart command, Turn<Cart> turn) {
    Basket basket = inCurrency(command.currency(), unlocked(turn), turn);
    CartItem item = merged(command.item(), basket, turn);
    turn.emit("ITEM_ADDED_TO_CART", ItemAdded.of(basket, command.item()));
    return opened(basket.with(item), turn);
  }

  @Handles("UPDATE_CART_ITEM")
  Cart update(UpdateCartItem command, Turn<Cart> turn) {
    Basket basket = unlocked(turn);
    CartItem item = item(command.productId(), basket, turn);
    return updated(basket.with(item.withQuantity(command.quantity())), turn);
  }

  @Handles("REMOVE_FROM_CART")
  Cart remove(RemoveFromCart command, Turn<Cart> turn) {
    Basket basket = unlocked(turn);
    CartItem item = item(command.productId(), basket, turn);
    turn.emit("ITEM_REMOVED_FROM_CART", ItemRemoved.of(basket, item));
    return opened(basket.without(item), turn);
  }

  @Handles("APPLY_COUPON")
  Cart apply(ApplyCoupon command, Turn<Cart> turn) {
    Basket basket = unlocked(turn);
    return updated(basket.with(coupon(command.code(), turn)), turn);
  }

  @Handles("CLEAR_CART")
  Cart clear(Turn<Cart> turn) {
    String userId = unlocked(turn).userId();
    turn.emit("CART_CLEARED", new CartCleared(userId));
    return opened(Basket.empty(userId), turn);
  }

  /**
   * The order gets the id of the message that asks for it first; whoever asks again gets it too.
   */
  @Handles("CHECKOUT_CART")
  Cart checkOut(Turn<Cart> turn) {
    Cart cart = cart(turn);
    if (cart.orderId() != null) {
      return cart;
    }
    if (cart.basket().isEmpty()) {
      throw turn.refuse("CART_EMPTY", "there is nothing in this cart to order");
    }
    String orderId = turn.message().id().value();
    Cart checkedOut = turn.become(new Cart.CheckingOut(orderId, cart.basket()));
    turn.cancel(IDLE);
    turn.emit("CART_CHECKED_OUT", checkedOut);
    return checkedOut;
  }

  @Handles("RESTORE_CART")
  Cart restore(RestoreCart command, Turn<Cart> turn) {
    return giveBack(command.orderId(), turn);
  }

  @Handles("ORDER_CREATED")
  void ordered(OrderNews order, Turn<Cart> turn) {
    if (cart(turn) instanceof Cart.CheckingOut cart && cart.orderId().equals(order.orderId())) {
      turn.become(cart.ordered());
    }
  }

  @Handles("STOCK_INSUFFICIENT")
  void notInStock(OrderNews order, Turn<Cart> turn) {
    giveBack(order.orderId(), turn);
  }

  @Handles("PAYMENT_FAILED")
  void notPaid(OrderNews order, Turn<Cart> turn) {
    giveBack(order.orderId(), turn);
  }

  @Handles("ABANDON_CART")
  Cart abandon(AbandonCart command, Turn<Cart> turn) {
    if (!(cart(turn) instanceof Cart.Open open) || !command.finds(open.basket())) {
      return cart(turn);
    }
    turn.cancel(IDLE);
    turn.emit("CART_ABANDONED", CartAbandoned.of(open.basket()));
    return turn.become(new Cart.Abandoned(open.basket()));
  }

  /** One timer an hour serves any number of changes: it looks when the last one was. */
  @Handles("CHECK_IDLE")
  void checkIdle(CheckIdle check, Turn<Cart> turn) {
    if (cart(turn) instanceof Cart.Open open && open.idleAt() != null) {
      if (turn.now().isBefore(open.idleAt())) {
        turn.sendAt(open.idleAt(), "CHECK_IDLE", check, IDLE);
      } else {
        turn.emit("CART_IDLE", turn.become(new Cart.Open(open.basket(), null)));
      }
    }
  }

  @Handles("GET_CART")
  Cart cart(Turn<Cart> turn) {
    return turn.state().orElseGet(() -> new Cart.Open(Basket.empty(turn.self().key()), null));
  }

  @Handles("GET_CART_TOTAL")
  CartTotal total(Turn<Cart> turn) {
    return CartTotal.of(cart(turn).basket());
  }

  private Basket unlocked(Turn<Cart> turn) {
    Cart cart = cart(turn);
    if (cart instanceof Cart.CheckingOut locked) {
      throw turn.refuse(
          "CART_LOCKED", "this cart is being checked out as order " + locked.orderId());
    }
    return cart instanceof Cart.Ordered ? Basket.empty(turn.self().key()) : cart.basket();
  }

  /** Open with this in it. An hour without another change is told to who reminds people. */
  private Cart opened(Basket basket, Turn<Cart> turn) {
    if (basket.isEmpty()) {
      turn.cancel(IDLE);
      return turn.become(new Cart.Open(basket, null));
    }
    Instant idleAt = turn.now().plus(UNTIL_IDLE);
    if (!cart(turn).watched()) {
      turn.sendAt(idleAt, "CHECK_IDLE", new CheckIdle(turn.self().key()), IDLE);
    }
    return turn.become(new Cart.Open(basket, idleAt));
  }

  /** What was to become this order is in the cart again, unless another shopping has begun. */
  private Cart giveBack(@Nullable String orderId, Turn<Cart> turn) {
    Cart cart = cart(turn);
    String made = cart.orderId();
    boolean meant = made != null && (orderId == null || orderId.equals(made));
    return meant ? updated(cart.basket(), turn) : cart;
  }

  private static Basket inCurrency(@Nullable String wanted, Basket basket, Turn<Cart> turn) {
    if (wanted == null || wanted.equals(basket.currency())) {
      return basket;
    }
    if (basket.isEmpty()) {
      return basket.in(wanted);
    }
    throw turn.refuse(
        "CURRENCY_MISMATCH", "this cart is in " + basket.currency() + ", not in " + wanted);
  }

  /** The line as it will be: its quantity is that of all additions, its price that of the last. */
  private static CartItem merged(CartItem added, Basket basket, Turn<Cart> turn) {
    CartItem present = basket.item(added.productId()).orElse(null);
    if (present == null && basket.items().size() == MAX_LINES) {
      throw turn.refuse("CART_FULL", "a cart has at most " + MAX_LINES + " products");
    }
    int quantity = added.quantity() + (present == null ? 0 : present.quantity());
    if (quantity > MAX_QUANTITY) {
      throw turn.refuse(
          "QUANTITY_TOO_LARGE",
          "at most " + MAX_QUANTITY + " of a product, and this would make " + quantity);
    }
    return added.withQuantity(quantity);
  }

  private static CartItem item(String productId, Basket basket, Turn<Cart> turn) {
    return basket
        .item(productId)
        .orElseThrow(
            () -> turn.refuse("NOT_IN_CART", "there is no " + productId + " in this cart"));
  }

  private static Coupon coupon(String code, Turn<Cart> turn) {
    return Coupon.of(code)
        .orElseThrow(() -> turn.refuse("UNKNOWN_COUPON", "this shop has no coupon " + code));
  }

  private Cart updated(Basket basket, Turn<Cart> turn) {
    Cart cart = opened(basket, turn);
    turn.emit("CART_UPDATED", cart);
    return cart;
  }
}
