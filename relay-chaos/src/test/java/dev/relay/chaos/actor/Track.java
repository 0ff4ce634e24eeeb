package dev.relay.chaos.actor;

/**
 * What a receiver has seen of one sender.
 *
 * @param last the last number
 * @param count how many messages
 * @param sum of their numbers, or of their ids' hashes
 * @param wrong how many came when another number was next
 */
public record Track(long last, long count, long sum, long wrong) {
  public static final Track NOTHING = new Track(0, 0, 0, 0);

  /** With the next number; any other counts as wrong. */
  public Track next(long n) {
    return new Track(n, count + 1, sum + n, n == last + 1 ? wrong : wrong + 1);
  }

  /** With a later number; numbers between may be missing. */
  public Track later(long n) {
    return new Track(n, count + 1, sum + n, n > last ? wrong : wrong + 1);
  }

  /** With a number that may come at any time. */
  public Track any(long n) {
    return new Track(0, count + 1, sum + n, 0);
  }

  /** With something that has an id and no order. */
  public Track some(String id) {
    return new Track(0, count + 1, sum + Hash.of(id), 0);
  }
}
