/**
 * The money, keyed by order. {@link shop.payment.PaymentActor} decides what may happen, {@link
 * shop.payment.PaymentProvider} is who takes it: Stripe where {@code STRIPE_SECRET_KEY} is set, a
 * sandbox otherwise. {@code actors/payment/actor.yaml} is its contract.
 */
@NullMarked
package shop.payment;

import org.jspecify.annotations.NullMarked;
