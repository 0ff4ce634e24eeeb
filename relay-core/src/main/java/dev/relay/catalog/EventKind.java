package dev.relay.catalog;

/** What a message is to its receiver. */
public enum EventKind {
  /** Asks for a change. Sent by anyone; handled by one actor. */
  COMMAND,
  /** Asks for an answer and changes nothing. */
  QUERY,
  /** Tells what has happened. Emitted by one producer. */
  EVENT;

  /** The lower-case form used in the database, in JSON and at the terminal. */
  public String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
