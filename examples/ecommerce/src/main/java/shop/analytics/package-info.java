/**
 * What happens in the shop, counted. A day's metric is spread over parts, {@link
 * shop.analytics.Tally}, that {@link shop.analytics.AnalyticsActor} adds up when somebody asks;
 * {@code actors/analytics/actor.yaml} is the contract. What is counted goes on to Mixpanel, behind
 * {@link shop.analytics.Forwarder}, from the journal and in its own time.
 */
@NullMarked
package shop.analytics;

import org.jspecify.annotations.NullMarked;
