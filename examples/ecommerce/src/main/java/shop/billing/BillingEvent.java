package shop.billing;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What billing tells others, where that isn't a whole {@link Document}. */
sealed interface BillingEvent {
  record CustomerCreated(String userId, @Nullable String name, @Nullable String email)
      implements BillingEvent {}

  record SubscriptionCreated(
      String userId,
      String subscriptionId,
      String plan,
      BigDecimal price,
      String currency,
      Subscription.Interval interval)
      implements BillingEvent {
    static SubscriptionCreated of(String userId, Subscription it) {
      return new SubscriptionCreated(
          userId, it.subscriptionId(), it.plan(), it.price(), it.currency(), it.interval());
    }
  }

  record RenewalDue(
      String userId,
      String subscriptionId,
      String renewalId,
      String orderId,
      String plan,
      int period,
      int attempt,
      BigDecimal amount,
      String currency)
      implements BillingEvent {
    static RenewalDue of(String userId, Subscription it) {
      return new RenewalDue(
          userId,
          it.subscriptionId(),
          it.renewalId(),
          it.orderId(),
          it.plan(),
          it.period(),
          it.attempt(),
          it.price(),
          it.currency());
    }
  }

  record Renewed(
      String userId, String subscriptionId, String renewalId, int period, Instant periodEnd)
      implements BillingEvent {
    static Renewed of(String userId, Subscription it) {
      return new Renewed(userId, it.subscriptionId(), it.renewalId(), it.period(), it.periodEnd());
    }
  }

  record Cancelled(String userId, String subscriptionId, String reason) implements BillingEvent {}

  record Reminded(
      String userId,
      String subscriptionId,
      String plan,
      BigDecimal amount,
      String currency,
      int attempt,
      Instant nextAttempt)
      implements BillingEvent {
    static Reminded of(String userId, Subscription it, Instant next) {
      return new Reminded(
          userId, it.subscriptionId(), it.plan(), it.price(), it.currency(), it.attempt(), next);
    }
  }
}
