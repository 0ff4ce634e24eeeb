package dev.relay.catalog;

import java.util.Locale;

/**
 * One thing that applying a draft did, or would do, to the catalog. Immutable.
 *
 * @param subject what kind of entry
 * @param action what happened to it
 * @param name the event's or actor's name; of a consumer {@code EVENT -> actor}
 * @param text one line for people, for example {@code ADD_TO_CART: payload schema changed, 1.0.0 ->
 *     1.1.0}
 */
public record CatalogChange(Subject subject, Action action, String name, String text) {
  /** The kind of entry that changed. */
  public enum Subject {
    EVENT,
    CONSUMER,
    ACTOR,
    FLOW;

    /** The lower-case form for JSON and the terminal. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What happened to the entry. */
  public enum Action {
    ADDED,
    CHANGED,
    REMOVED,
    /** A subscription to an event that nobody has defined yet; it comes true with the event. */
    WAITING,
    UNCHANGED;

    /** The lower-case form for JSON and the terminal. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
