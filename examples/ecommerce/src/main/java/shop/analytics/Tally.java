package shop.analytics;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.relay.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of a day's metric. Immutable.
 *
 * @param part the instance's key, {@code orders/2026-11-01/3}
 * @param forwardAt when what comes now is handed on
 */
@JsonTypeName("part")
record Tally(
    String part, String metric, LocalDate day, Numbers numbers, @Nullable Instant forwardAt)
    implements Analytics {
  /** How long after midnight what happened before it may still be on its way. */
  private static final Duration LATE = Duration.ofMinutes(10);

  /** What a part takes besides what it counts: its timers fire in turns of its own. */
  private static final Set<String> UNCOUNTED =
      Set.of("REBUILD_PART", "FORWARD_EVENTS", "CLOSE_DAY");

  /** The empty part of this key. */
  static Tally of(String part) {
    String[] names = part.split("/", -1);
    return new Tally(part, names[0], LocalDate.parse(names[1]), Numbers.NONE, null);
  }

  static boolean counts(Message message) {
    return !UNCOUNTED.contains(message.type());
  }

  /** What TRACK_EVENT brings has a name of its own. */
  static String name(Message message) {
    return message.type().equals("TRACK_EVENT")
        ? message.payload().path("name").asString()
        : message.type();
  }

  Tally with(Message message) {
    return with(numbers.with(name(message), message.payload()));
  }

  Tally with(Numbers others) {
    return new Tally(part, metric, day, others, forwardAt);
  }

  Tally forwardedAt(Instant time) {
    return new Tally(part, metric, day, numbers, time);
  }

  /** Whether what comes now is handed on with what came before. */
  boolean isForwarded(Instant now) {
    return forwardAt != null && now.isBefore(forwardAt);
  }

  /** When the day is over, and what happened in it is here. */
  Instant closesAt() {
    return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().plus(LATE);
  }
}
