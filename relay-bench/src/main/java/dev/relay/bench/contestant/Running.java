package dev.relay.bench.contestant;

/** A contestant that takes load until it is closed; closing finishes accepted work. */
public interface Running extends AutoCloseable {
  Door door();

  @Override
  void close();

  /** A running contestant that is closed so. */
  static Running of(Door door, Runnable close) {
    return new Running() {
      @Override
      public Door door() {
        return door;
      }

      @Override
      public void close() {
        close.run();
      }
    };
  }
}
