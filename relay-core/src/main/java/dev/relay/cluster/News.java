package dev.relay.cluster;

import java.time.Duration;

/** Waits for the list of nodes to change. One thread waits, any may close. */
public interface News extends AutoCloseable {
  /** Returns when the list may have changed, at the latest after this time, or when closed. */
  void await(Duration longest);

  @Override
  void close();
}
