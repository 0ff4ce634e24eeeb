package dev.relay.node;

/**
 * A time during which a partition's deliveries may be worked on from memory. It ends when the
 * partition moves to another node or has to be read anew; what was taken in under it and hasn't
 * begun is then dropped, so that nothing overtakes what is read again. Thread-safe.
 */
final class Tenure {
  private volatile boolean over;

  void end() {
    over = true;
  }

  boolean isOver() {
    return over;
  }
}
