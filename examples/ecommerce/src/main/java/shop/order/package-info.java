/**
 * The order, keyed by its id. {@link shop.order.OrderActor} decides what may happen, {@link
 * shop.order.OrderStatus} draws which steps there are, {@link shop.order.Order} is what it
 * remembers, {@code actors/order/actor.yaml} is its contract.
 */
@NullMarked
package shop.order;

import org.jspecify.annotations.NullMarked;
