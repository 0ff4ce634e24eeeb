/**
 * What users are told, keyed by user. {@link shop.notification.NotificationActor} decides whether,
 * when and how often; providers behind {@link shop.notification.EmailProvider}, {@link
 * shop.notification.SmsProvider} and {@link shop.notification.PushProvider} carry it out; {@code
 * actors/notification/actor.yaml} is the contract.
 */
@NullMarked
package shop.notification;

import org.jspecify.annotations.NullMarked;
