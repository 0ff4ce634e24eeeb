package dev.relay.flow;

import java.util.Locale;

/** How a run of a flow is. */
public enum FlowStatus {
  /** Events have come, but nothing has started it. */
  EARLY(false),
  /** It does its steps, or waits to repeat one that failed. */
  RUNNING(false),
  /** It waits for an event or a time. */
  WAITING(false),
  /** It stands still until somebody decides. */
  PAUSED(false),
  /** It undoes what was done. */
  COMPENSATING(false),
  /** Every step is done. */
  DONE(true),
  /** It was refused somewhere, and what was done is undone. */
  COMPENSATED(true),
  /** Somebody, or an event, called it off. */
  CANCELLED(true),
  /** It ended without success, and nothing was undone. */
  FAILED(true);

  private final boolean over;

  FlowStatus(boolean over) {
    this.over = over;
  }

  /** Whether nothing more happens in this run. */
  public boolean over() {
    return over;
  }

  /** The lower-case form for JSON and the terminal. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The status of a text.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static FlowStatus of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
