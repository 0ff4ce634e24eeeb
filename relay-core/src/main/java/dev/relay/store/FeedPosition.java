package dev.relay.store;

/**
 * A place in the stream of published events. Positions are ordered the way transactions became
 * final, so a reader that resumes after one misses nothing. The text form is {@code
 * txid-seq-index}.
 *
 * @param transaction the Postgres transaction (xid8) that wrote the journal row
 * @param seq the journal row's number
 * @param index the event's place among those its turn emitted, from 0
 */
public record FeedPosition(long transaction, long seq, int index)
    implements Comparable<FeedPosition> {
  /** Before everything. */
  public static final FeedPosition START = new FeedPosition(0, 0, -1);

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException where the text isn't one
   */
  public static FeedPosition parse(String text) {
    String[] parts = text.split("-", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "a position in the stream looks like 812-4711-0, not: " + text);
    }
    try {
      return new FeedPosition(
          Long.parseLong(parts[0]), Long.parseLong(parts[1]), Integer.parseInt(parts[2]));
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          "a position in the stream looks like 812-4711-0, not: " + text, notANumber);
    }
  }

  @Override
  public int compareTo(FeedPosition other) {
    int byTransaction = Long.compare(transaction, other.transaction);
    if (byTransaction != 0) {
      return byTransaction;
    }
    int bySeq = Long.compare(seq, other.seq);
    return bySeq != 0 ? bySeq : Integer.compare(index, other.index);
  }

  @Override
  public String toString() {
    return transaction + "-" + seq + "-" + index;
  }
}
