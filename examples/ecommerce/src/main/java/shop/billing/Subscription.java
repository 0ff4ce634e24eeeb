package shop.billing;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A subscription. Periods are counted from the day it began, so that one from the 31st ends on the
 * last day of shorter months and comes back to the 31st. Immutable.
 *
 * <pre>
 *   due ──paid──▶ active ──period over──▶ due
 *    │ ▲                 └──────cancel──────────┐
 *    └─┘ unpaid: again after 1, 3, 5, 7 days    ▼
 *    └──────────fifth time unpaid, cancel──▶ cancelled
 * </pre>
 *
 * @param period the period that is paid, or being collected; 1 for the first
 * @param periodEnd when the period ends
 * @param attempt of collecting this period, 1 for the first
 */
record Subscription(
    String subscriptionId,
    String plan,
    BigDecimal price,
    String currency,
    Interval interval,
    Status status,
    Instant startedOn,
    int period,
    Instant periodEnd,
    int attempt,
    @Nullable String nextPlan,
    @Nullable BigDecimal nextPrice) {
  /** How long after the first failure each further attempt is made. */
  private static final List<Duration> DUNNING =
      List.of(Duration.ofDays(1), Duration.ofDays(3), Duration.ofDays(5), Duration.ofDays(7));

  enum Interval {
    @JsonProperty("month")
    MONTH(Period.ofMonths(1)),
    @JsonProperty("year")
    YEAR(Period.ofYears(1));

    private final Period length;

    Interval(Period length) {
      this.length = length;
    }

    Instant end(Instant start, int periods) {
      return start.atOffset(ZoneOffset.UTC).plus(length.multipliedBy(periods)).toInstant();
    }
  }

  enum Status {
    @JsonProperty("active")
    ACTIVE,
    @JsonProperty("due")
    DUE,
    @JsonProperty("cancelled")
    CANCELLED
  }

  static Subscription of(
      String id, String plan, BigDecimal price, String currency, Interval interval, Instant now) {
    Instant end = interval.end(now, 1);
    BigDecimal exact = price.setScale(2);
    return new Subscription(
        id, plan, exact, currency, interval, Status.DUE, now, 1, end, 1, null, null);
  }

  /** The renewal, and its invoice: the same, whichever attempt has paid it. */
  String renewalId() {
    return "renewal-" + subscriptionId + "-" + period;
  }

  /** The order under which this attempt is collected; each attempt is one of its own. */
  String orderId() {
    return renewalId() + "-" + attempt;
  }

  /** The renewal that an order is an attempt at. */
  static String renewalOf(String orderId) {
    return orderId.substring(0, Math.max(0, orderId.lastIndexOf('-')));
  }

  /** Whether this order was for the present period, and another one is the attempt that counts. */
  boolean isCollectedOtherwise(String orderId) {
    return renewalOf(orderId).equals(renewalId()) && !orderId.equals(orderId());
  }

  boolean awaits(String orderId) {
    return status == Status.DUE && orderId().equals(orderId);
  }

  boolean isCancelled() {
    return status == Status.CANCELLED;
  }

  /** The next period, or the next attempt at this one, if that is what the timer meant. */
  Optional<Subscription> renewed(int duePeriod, int dueAttempt) {
    if (status == Status.ACTIVE && duePeriod == period + 1) {
      return Optional.of(nextPeriod());
    }
    boolean again = status == Status.DUE && duePeriod == period && dueAttempt == attempt + 1;
    return again ? Optional.of(with(Status.DUE, dueAttempt)) : Optional.empty();
  }

  Subscription paid() {
    return with(Status.ACTIVE, attempt);
  }

  Subscription cancelled() {
    return with(Status.CANCELLED, attempt);
  }

  /** When to try again after this attempt has failed; empty where enough was tried. */
  Optional<Instant> nextAttempt(Instant now) {
    if (attempt > DUNNING.size()) {
      return Optional.empty();
    }
    Duration before = attempt == 1 ? Duration.ZERO : DUNNING.get(attempt - 2);
    return Optional.of(now.plus(DUNNING.get(attempt - 1).minus(before)));
  }

  Subscription changing(String plan, BigDecimal price) {
    return new Subscription(
        subscriptionId,
        this.plan,
        this.price,
        currency,
        interval,
        status,
        startedOn,
        period,
        periodEnd,
        attempt,
        plan,
        price.setScale(2));
  }

  private Subscription nextPeriod() {
    return new Subscription(
        subscriptionId,
        nextPlan == null ? plan : nextPlan,
        nextPrice == null ? price : nextPrice,
        currency,
        interval,
        Status.DUE,
        startedOn,
        period + 1,
        interval.end(startedOn, period + 1),
        1,
        null,
        null);
  }

  private Subscription with(Status newStatus, int newAttempt) {
    return new Subscription(
        subscriptionId,
        plan,
        price,
        currency,
        interval,
        newStatus,
        startedOn,
        period,
        periodEnd,
        newAttempt,
        nextPlan,
        nextPrice);
  }
}
