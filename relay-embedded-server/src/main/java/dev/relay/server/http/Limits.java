package dev.relay.server.http;

import java.time.Duration;

/**
 * What one caller, or all of them together, may use of the server. Immutable.
 *
 * @param maxBodyBytes longest request body
 * @param maxBufferedBytes all request bodies held at once, beyond 16 KiB each
 * @param maxHeaderBytes longest request line with headers
 * @param maxRequests requests being worked on at once
 * @param maxConnections open connections; more wait in the operating system's queue
 * @param maxStreams open event streams
 * @param headerTimeout from the first byte of a request to the end of its headers
 * @param bodyTimeout from the end of the headers to the end of the body
 * @param answerTimeout for the caller to take its answer
 * @param idleTimeout of a connection between requests
 * @param drainTimeout for accepted requests to finish when the server stops
 */
public record Limits(
    int maxBodyBytes,
    long maxBufferedBytes,
    int maxHeaderBytes,
    int maxRequests,
    int maxConnections,
    int maxStreams,
    Duration headerTimeout,
    Duration bodyTimeout,
    Duration answerTimeout,
    Duration idleTimeout,
    Duration drainTimeout) {

  /** 1 MiB a body as in the issue; the others were chosen so that all of it fits a small heap. */
  public static final Limits DEFAULT =
      new Limits(
          1 << 20,
          64L << 20,
          16 << 10,
          4096,
          8192,
          256,
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30));

  public Limits withMaxBodyBytes(int value) {
    return new Limits(
        value,
        maxBufferedBytes,
        maxHeaderBytes,
        maxRequests,
        maxConnections,
        maxStreams,
        headerTimeout,
        bodyTimeout,
        answerTimeout,
        idleTimeout,
        drainTimeout);
  }

  public Limits withMaxRequests(int value) {
    return new Limits(
        maxBodyBytes,
        maxBufferedBytes,
        maxHeaderBytes,
        value,
        maxConnections,
        maxStreams,
        headerTimeout,
        bodyTimeout,
        answerTimeout,
        idleTimeout,
        drainTimeout);
  }

  public Limits withMaxStreams(int value) {
    return new Limits(
        maxBodyBytes,
        maxBufferedBytes,
        maxHeaderBytes,
        maxRequests,
        maxConnections,
        value,
        headerTimeout,
        bodyTimeout,
        answerTimeout,
        idleTimeout,
        drainTimeout);
  }

  public Limits withHeaderTimeout(Duration value) {
    return new Limits(
        maxBodyBytes,
        maxBufferedBytes,
        maxHeaderBytes,
        maxRequests,
        maxConnections,
        maxStreams,
        value,
        bodyTimeout,
        answerTimeout,
        idleTimeout,
        drainTimeout);
  }

  public Limits withBodyTimeout(Duration value) {
    return new Limits(
        maxBodyBytes,
        maxBufferedBytes,
        maxHeaderBytes,
        maxRequests,
        maxConnections,
        maxStreams,
        headerTimeout,
        value,
        answerTimeout,
        idleTimeout,
        drainTimeout);
  }

  public Limits withDrainTimeout(Duration value) {
    return new Limits(
        maxBodyBytes,
        maxBufferedBytes,
        maxHeaderBytes,
        maxRequests,
        maxConnections,
        maxStreams,
        headerTimeout,
        bodyTimeout,
        answerTimeout,
        idleTimeout,
        value);
  }
}
