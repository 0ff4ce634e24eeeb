package shop.cart;

import dev.relay.actor.Handles;
import dev.relay.actor.RelayActor;
import dev.relay.actor.Turn;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import shop.cart.CartCommand.AddToCart;
import shop.cart.CartCommand.ApplyCoupon;
import shop.cart.CartCommand.RemoveFromCart;
import shop.cart.CartCommand.UpdateCartItem;
import shop.cart.CartEvent.CartCleared;
import shop.cart.CartEvent.ItemAdded;
import shop.cart.CartEvent.ItemRemoved;

/** What a user means to buy, up to the moment it becomes an order. */
public final class CartActor extends RelayActor<Cart> {
  static final int MAX_LINES = 50;
  static final int MAX_QUANTITY = 100;

  private final Map<String, Coupon> coupons;

  public CartActor() {
    this(Coupon.GIVEN_OUT);
  }

  CartActor(Collection<Coupon> coupons) {
    this.coupons = coupons.stream().collect(Collectors.toMap(Coupon::code, Function.identity()));
  }

  /** The same product again is merged into its line: quantities add up, the newest price counts. */
  @Handles("ADD_TO_CART")
  Cart add(AddToCart command, Turn<Cart> turn) {
    Basket basket = open(turn).basket();
    String currency = command.currency() == null ? basket.currency() : command.currency();
    if (!currency.equals(basket.currency())) {
      basket = changed(basket, currency, turn);
    }
    CartItem added = command.item();
    turn.emit("ITEM_ADDED_TO_CART", ItemAdded.of(basket, added));
    return turn.become(new Cart.Open(basket.with(merged(basket, added, turn))));
  }

  private static CartItem merged(Basket basket, CartItem added, Turn<Cart> turn) {
    CartItem present = basket.item(added.productId());
    if (present == null) {
      if (basket.items().size() == MAX_LINES) {
        throw turn.refuse("CART_FULL", "a cart has at most " + MAX_LINES + " products");
      }
      return added;
    }
    int quantity = present.quantity() + added.quantity();
    if (quantity > MAX_QUANTITY) {
      throw turn.refuse(
          "QUANTITY_TOO_LARGE",
          "at most " + MAX_QUANTITY + " of a product, and this would make " + quantity);
    }
    return added.withQuantity(quantity);
  }

  private static Basket changed(Basket basket, String currency, Turn<Cart> turn) {
    if (!basket.isEmpty()) {
      throw turn.refuse(
          "CURRENCY_MISMATCH", "this cart is in " + basket.currency() + ", not in " + currency);
    }
    return basket.in(currency);
  }

  @Handles("UPDATE_CART_ITEM")
  Cart update(UpdateCartItem command, Turn<Cart> turn) {
    Basket basket = open(turn).basket();
    CartItem item = item(basket, command.productId(), turn);
    return updated(basket.with(item.withQuantity(command.quantity())), turn);
  }

  /** One coupon at a time: another one takes its place. */
  @Handles("APPLY_COUPON")
  Cart apply(ApplyCoupon command, Turn<Cart> turn) {
    Basket basket = open(turn).basket();
    Coupon coupon = coupons.get(command.code());
    if (coupon == null) {
      throw turn.refuse("UNKNOWN_COUPON", "this shop has no coupon " + command.code());
    }
    return updated(basket.with(coupon), turn);
  }

  private static Cart updated(Basket basket, Turn<Cart> turn) {
    Cart cart = turn.become(new Cart.Open(basket));
    turn.emit("CART_UPDATED", cart);
    return cart;
  }

  @Handles("REMOVE_FROM_CART")
  Cart remove(RemoveFromCart command, Turn<Cart> turn) {
    Basket basket = open(turn).basket();
    CartItem item = item(basket, command.productId(), turn);
    turn.emit(
        "ITEM_REMOVED_FROM_CART",
        new ItemRemoved(basket.userId(), item.productId(), item.quantity()));
    return turn.become(new Cart.Open(basket.without(item)));
  }

  @Handles("CLEAR_CART")
  Cart clear(Turn<Cart> turn) {
    String userId = open(turn).basket().userId();
    turn.emit("CART_CLEARED", new CartCleared(userId));
    return turn.become(new Cart.Open(Basket.empty(userId)));
  }

  /** Asked again, it answers with the order that there is. */
  @Handles("CHECKOUT_CART")
  Cart checkOut(Turn<Cart> turn) {
    if (!(cart(turn) instanceof Cart.Open open)) {
      return cart(turn);
    }
    if (open.basket().isEmpty()) {
      throw turn.refuse("CART_EMPTY", "there is nothing in this cart to order");
    }
    Cart cart = turn.become(open.checkOut(turn.message().id().value()));
    turn.emit("CART_CHECKED_OUT", cart);
    return cart;
  }

  @Handles("GET_CART")
  Cart cart(Turn<Cart> turn) {
    return turn.state().orElseGet(() -> new Cart.Open(Basket.empty(turn.self().key())));
  }

  @Handles("GET_CART_TOTAL")
  CartTotal total(Turn<Cart> turn) {
    return CartTotal.of(cart(turn).basket());
  }

  private Cart.Open open(Turn<Cart> turn) {
    if (cart(turn) instanceof Cart.CheckingOut locked) {
      throw turn.refuse(
          "CART_LOCKED", "this cart is being checked out as order " + locked.orderId());
    }
    return (Cart.Open) cart(turn);
  }

  private static CartItem item(Basket basket, String productId, Turn<Cart> turn) {
    CartItem item = basket.item(productId);
    if (item == null) {
      throw turn.refuse("NOT_IN_CART", "there is no " + productId + " in this cart");
    }
    return item;
  }
}
