package shop.analytics;

import dev.relay.message.Message;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import shop.analytics.AnalyticsEvent.Tracked;

/** What is asked of analytics. */
sealed interface AnalyticsCommand {
  /** Of TRACK_EVENT. */
  record TrackEvent(String name, String userId) implements AnalyticsCommand {
    Tracked tracked(Message message) {
      return new Tracked(message.id().value(), name, userId, message.headers().time());
    }
  }

  /** Of FORWARD_EVENTS. */
  record OfPart(String part) implements AnalyticsCommand {}

  /** Of CLOSE_DAY. */
  record OfDay(LocalDate day) implements AnalyticsCommand {}

  /**
   * The days that somebody wants to hear of.
   *
   * @param metric all where it is absent
   * @param day the last of them; today where it is absent
   * @param days how many; one where it is absent
   */
  record Question(@Nullable String metric, @Nullable LocalDate day, @Nullable Integer days)
      implements AnalyticsCommand {
    Period period(Instant now) {
      LocalDate to = day == null ? LocalDate.ofInstant(now, ZoneOffset.UTC) : day;
      return Period.endingWith(to, days == null ? 1 : days);
    }
  }

  /** From a day to another, both included. */
  record Period(LocalDate from, LocalDate to) {
    static Period endingWith(LocalDate to, int days) {
      return new Period(to.minusDays(days - 1L), to);
    }
  }
}
