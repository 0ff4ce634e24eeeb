package dev.relay.flow;

import java.util.Locale;

/** A decision that waits until a run is at a point where its state says all that was done. */
enum Wish {
  /** Undo what was done and end as compensated. */
  COMPENSATE,
  /** Undo what was done and end as cancelled. */
  CANCEL,
  /** End as cancelled and undo nothing. */
  LEAVE,
  /** The run's time is over: what the definition says about that. */
  DEADLINE;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Wish of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
