package dev.relay.store;

import java.util.Locale;

/**
 * Where a delivery stands.
 *
 * <pre>
 *            commit of the emitting turn
 *                     |
 *                     v       consumed (row deleted)
 *   SCHEDULED --due-> READY ------------------------------> gone
 *                     |  ^                                   ^
 *       handler fails |  | due                      consumed |
 *                     v  |                                   |
 *                   RETRYING --------------------------------+
 *                     |
 *                     | attempts used up, or refused
 *                     v
 *                    DEAD --retry by a person--> READY, or discarded
 * </pre>
 */
public enum DeliveryStatus {
  /** May be worked on now. */
  READY,
  /** Failed and waits for its next attempt; holds back later deliveries of its key. */
  RETRYING,
  /** A timer that is not due yet; holds nothing back. */
  SCHEDULED,
  /** A dead letter: waits for a person. */
  DEAD;

  /** The form used in the database. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of a database text. */
  public static DeliveryStatus of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
