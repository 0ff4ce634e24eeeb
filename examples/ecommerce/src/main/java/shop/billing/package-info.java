/**
 * What customers owe and have on paper. {@link shop.billing.BillingActor} hears the messages of
 * customers, keyed by user, and of numbers, keyed by series and year; {@link
 * shop.billing.Subscription} knows periods and dunning, {@link shop.billing.Document} is an invoice
 * or a credit note; {@code actors/billing/actor.yaml} is the contract.
 */
@NullMarked
package shop.billing;

import org.jspecify.annotations.NullMarked;
