package dev.relay.catalog;

/** How a consumer receives an event definition. */
public enum Pattern {
  /** Request and reply: the caller waits, bounded by the consumer's timeout. */
  ASK,
  /** Asynchronous, to one actor, at least once. */
  TELL,
  /** Asynchronous fan-out: each consuming actor gets its own delivery, at least once. */
  PUBLISH;

  /** The lower-case form used in the database, in JSON and at the terminal. */
  public String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
