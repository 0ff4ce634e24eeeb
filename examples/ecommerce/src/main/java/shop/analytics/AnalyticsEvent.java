package shop.analytics;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import shop.analytics.AnalyticsCommand.Period;

/** What analytics says. */
sealed interface AnalyticsEvent {
  /** Of EVENT_TRACKED, and the answer to TRACK_EVENT. */
  record Tracked(String id, String name, String userId, Instant at) implements AnalyticsEvent {}

  /** Of METRIC_CALCULATED. */
  record Calculated(String metric, LocalDate day, Numbers numbers) implements AnalyticsEvent {}

  /** Of REPORT_GENERATED. */
  record Report(
      LocalDate day,
      Map<String, BigDecimal> revenue,
      Map<String, BigDecimal> refunds,
      List<Funnel.Step> funnel,
      int anomalies)
      implements AnalyticsEvent {
    static Report of(LocalDate day, Numbers numbers, int anomalies) {
      Metrics metrics = Metrics.of(new Period(day, day), numbers);
      List<Funnel.Step> funnel = Funnel.of(new Period(day, day), numbers).steps();
      return new Report(day, metrics.revenue(), metrics.refunds(), funnel, anomalies);
    }
  }

  /** The answer to GET_METRICS. */
  record Metrics(
      LocalDate from,
      LocalDate to,
      Map<String, BigDecimal> revenue,
      Map<String, BigDecimal> refunds,
      Numbers numbers)
      implements AnalyticsEvent {
    static Metrics of(Period period, Numbers numbers) {
      return new Metrics(
          period.from(),
          period.to(),
          numbers.amount("PAYMENT_PROCESSED"),
          numbers.amount("PAYMENT_REFUNDED"),
          numbers);
    }
  }

  /** The answer to REBUILD_PART. */
  record RebuiltPart(Tally part, boolean changed) implements AnalyticsEvent {}

  /** The answer to REBUILD_METRICS. */
  record Rebuilt(LocalDate day, int parts, long changed, Numbers numbers)
      implements AnalyticsEvent {}
}
