package dev.relay;

/** A live listener of published events; closing it ends it. Thread-safe, closing is idempotent. */
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
