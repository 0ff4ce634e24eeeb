package shop.notification;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * When a user doesn't want to be disturbed, each day. Immutable.
 *
 * @param until the first minute at which they may be again; before {@code from}, it is that of the
 *     next day; equal to {@code from}, there are no quiet hours
 * @param zone where their clock hangs, for example {@code Europe/Zurich}
 */
record QuietHours(
    @JsonFormat(pattern = "HH:mm") LocalTime from,
    @JsonFormat(pattern = "HH:mm") LocalTime until,
    ZoneId zone) {

  /** The time itself, or the end of the quiet hours that it falls into. */
  Instant awake(Instant time) {
    ZonedDateTime local = time.atZone(zone);
    if (!isQuiet(local.toLocalTime())) {
      return time;
    }
    ZonedDateTime end = local.with(until);
    return (end.isAfter(local) ? end : local.plusDays(1).with(until)).toInstant();
  }

  private boolean isQuiet(LocalTime time) {
    boolean afterFrom = !time.isBefore(from);
    boolean beforeUntil = time.isBefore(until);
    return from.isBefore(until)
        ? afterFrom && beforeUntil
        : !from.equals(until) && (afterFrom || beforeUntil);
  }
}
