package shop.analytics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shop.analytics.AnalyticsCommand.Period;

/** How many come how far, from the first thing in the cart to the parcel at the door. */
record Funnel(LocalDate from, LocalDate to, List<Step> steps) {
  private static final List<String> EVENTS =
      List.of(
          "ITEM_ADDED_TO_CART",
          "CART_CHECKED_OUT",
          "ORDER_CREATED",
          "PAYMENT_PROCESSED",
          "ORDER_SHIPPED",
          "DELIVERY_CONFIRMED");

  private static final int DECIMALS = 4;

  /**
   * A step.
   *
   * @param rate how many for each of the step before; absent where there were none
   * @param overall how many for each of the first step; absent where there were none
   */
  record Step(String event, long count, @Nullable BigDecimal rate, @Nullable BigDecimal overall) {}

  Funnel {
    steps = List.copyOf(steps);
  }

  static Funnel of(Period period, Numbers numbers) {
    List<Step> steps = new ArrayList<>();
    long first = numbers.count(EVENTS.get(0));
    long before = first;
    for (String event : EVENTS) {
      long count = numbers.count(event);
      steps.add(new Step(event, count, rate(count, before), rate(count, first)));
      before = count;
    }
    return new Funnel(period.from(), period.to(), steps);
  }

  private static @Nullable BigDecimal rate(long part, long whole) {
    return whole == 0
        ? null
        : BigDecimal.valueOf(part)
            .divide(BigDecimal.valueOf(whole), DECIMALS, RoundingMode.HALF_EVEN);
  }
}
