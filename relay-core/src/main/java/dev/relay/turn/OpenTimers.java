package dev.relay.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a handler says of timers, before it is checked. Used by one thread. */
final class OpenTimers {
  /** Longest name, in characters; leaves room for a UUID with a prefix. */
  private static final int LONGEST_NAME = 200;

  /** Furthest time ahead; what is later is a mistake in units. */
  private static final Duration FURTHEST = Duration.ofDays(36_525);

  /**
   * A wish.
   *
   * @param name absent where the handler gives none
   * @param dueAt when to send; absent where the timer is called off
   * @param emission what to send; absent where the timer is called off
   */
  record Wish(
      @Nullable String name, @Nullable Instant dueAt, OpenTurn.@Nullable Emission emission) {}

  private final Instant now;
  private final List<Wish> wishes = new ArrayList<>(0);

  OpenTimers(Instant now) {
    this.now = now;
  }

  void set(@Nullable String name, Instant dueAt, OpenTurn.Emission emission) {
    if (dueAt.isAfter(now.plus(FURTHEST))) {
      throw new IllegalArgumentException("a timer is due within 100 years, not at " + dueAt);
    }
    wishes.add(new Wish(name == null ? null : checked(name), dueAt, emission));
  }

  void callOff(String name) {
    wishes.add(new Wish(checked(name), null, null));
  }

  Instant after(Duration delay) {
    if (delay.isNegative() || delay.compareTo(FURTHEST) > 0) {
      throw new IllegalArgumentException("a timer waits 0 s to 100 years, not " + delay);
    }
    return now.plus(delay);
  }

  List<Wish> wishes() {
    return wishes;
  }

  private static String checked(String name) {
    if (name.isBlank() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "a timer's name has 1 to " + LONGEST_NAME + " characters, this has " + name.length());
    }
    return name;
  }
}
