package dev.relay.redis;

import dev.relay.store.FeedPosition;

/**
 * The id of an event in the stream: its position in the journal, {@code transaction-(seq × 2^20 +
 * index)}. So Redis itself refuses an event that is there already or comes too late, and a stream
 * that was lost and filled again has the same ids as before.
 */
final class EntryId {
  /** Events of one turn that ids can tell apart, about a million; leaves 43 bits for the seq. */
  private static final int INDEX_BITS = 20;

  private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;

  private EntryId() {}

  static String of(FeedPosition position) {
    if (position.index() > INDEX_MASK) {
      throw new IllegalArgumentException("a turn with more than " + INDEX_MASK + " events");
    }
    long low = position.seq() << INDEX_BITS | position.index();
    return Long.toUnsignedString(position.transaction()) + "-" + Long.toUnsignedString(low);
  }

  static FeedPosition position(String id) {
    int dash = id.indexOf('-');
    long low = Long.parseUnsignedLong(id.substring(dash + 1));
    return new FeedPosition(
        Long.parseUnsignedLong(id.substring(0, dash)),
        low >>> INDEX_BITS,
        (int) (low & INDEX_MASK));
  }

  /** The greatest id before this one: who goes on behind it gets this one. */
  static String before(String id) {
    int dash = id.indexOf('-');
    long high = Long.parseUnsignedLong(id.substring(0, dash));
    long low = Long.parseUnsignedLong(id.substring(dash + 1));
    long earlier = low == 0 ? high - 1 : high;
    return Long.toUnsignedString(earlier) + "-" + Long.toUnsignedString(low - 1);
  }
}
