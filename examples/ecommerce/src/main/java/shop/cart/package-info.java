/**
 * The cart, keyed by user. {@link shop.cart.CartActor} decides what may happen, {@link
 * shop.cart.Cart} is what it remembers, {@code actors/cart/actor.yaml} is its contract.
 */
@NullMarked
package shop.cart;

import org.jspecify.annotations.NullMarked;
