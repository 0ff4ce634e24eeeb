package shop.notification;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a provider again that answers 429 or 5xx, after as long as its {@code Retry-After} says. A
 * few seconds at most: the turn waits meanwhile, and what lasts longer is left to its delivery,
 * which is tried for minutes. An answer that is lost isn't asked for again here, because the
 * message may be on its way. Immutable.
 *
 * @param attempts at most, the first one included
 * @param firstWait where the provider doesn't say; doubled each time
 * @param longestWait a provider that says more is given up for now
 */
record Patience(int attempts, Duration firstWait, Duration longestWait) {
  /** Two waits of five seconds at most. */
  static final Patience USUAL = new Patience(3, Duration.ofMillis(200), Duration.ofSeconds(5));

  /** A wrong key: it concerns all messages, and is mended by people. */
  private static final Set<Integer> NOT_ALLOWED = Set.of(401, 403);

  /** The provider was too slow, or has too much to do. */
  private static final Set<Integer> TRY_AGAIN = Set.of(408, 429);

  /** So much of an answer is worth reading. */
  private static final int MOST_TEXT = 300;

  /**
   * A provider's answer.
   *
   * @param retryAfter the header of this name
   */
  record Answer(int status, @Nullable String text, @Nullable String retryAfter) {}

  /**
   * Asks until the provider takes it.
   *
   * @param provider for people
   * @param call asks once
   * @param reading what it has answered
   * @return the answer, which was 2xx
   * @throws ProviderException where it wasn't taken; a refusal where it never will be
   */
  <T> T ask(String provider, Supplier<T> call, Function<T, Answer> reading) {
    Duration wait = firstWait;
    for (int attempt = 1; ; attempt++) {
      T answered = call.get();
      Answer answer = reading.apply(answered);
      if (answer.status() / 100 == 2) {
        return answered;
      }
      Duration pause = asked(answer.retryAfter(), wait);
      if (!isPassing(answer.status()) || attempt == attempts || pause.compareTo(longestWait) > 0) {
        throw failure(provider, answer);
      }
      sleep(pause);
      wait = wait.multipliedBy(2);
    }
  }

  private static boolean isPassing(int status) {
    return status / 100 == 5 || TRY_AGAIN.contains(status);
  }

  private static ProviderException failure(String provider, Answer answer) {
    String text = answer.text() == null ? "" : answer.text();
    String message =
        "%s answered %d: %s"
            .formatted(
                provider, answer.status(), text.substring(0, Math.min(MOST_TEXT, text.length())));
    boolean mayPass = isPassing(answer.status()) || NOT_ALLOWED.contains(answer.status());
    return mayPass ? new ProviderException(message) : ProviderException.refusal(message);
  }

  /** Seconds or a date, as HTTP has it. */
  private static Duration asked(@Nullable String retryAfter, Duration otherwise) {
    if (retryAfter == null) {
      return otherwise;
    }
    try {
      if (retryAfter.matches("\\d{1,9}")) {
        return Duration.ofSeconds(Long.parseLong(retryAfter));
      }
      Instant date =
          ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration until = Duration.between(Instant.now(), date);
      return until.isNegative() ? Duration.ZERO : until;
    } catch (DateTimeParseException unreadable) {
      return otherwise;
    }
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ProviderException("interrupted while the provider was busy", interrupted);
    }
  }
}
