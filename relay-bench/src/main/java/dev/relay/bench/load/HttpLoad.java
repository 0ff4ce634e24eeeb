package dev.relay.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;

/**
 * A closed loop of {@code ADD_TO_CART} requests over HTTP/1.1, all connections on the calling
 * thread: it shares two processor cores with what it measures, so it does next to nothing.
 */
public final class HttpLoad implements Workload {
  /** How long answers that are still owed at the end of a phase are waited for. */
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(30);

  private static final long SELECT_MILLIS = 100;
  private static final int OK = 200;

  private final InetSocketAddress address;
  private final EncodedRequests requests;

  /** Load for the server that listens on this port of the loopback address. */
  public HttpLoad(int port, Carts carts) {
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.requests = new EncodedRequests(carts, "127.0.0.1:" + port);
  }

  @Override
  public Measurement run(int clients, Duration length) throws IOException {
    try (Selector selector = Selector.open();
        Phase phase = new Phase(selector, clients, length)) {
      return phase.run();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private final class Phase implements AutoCloseable {
    private final Selector selector;
    private final Connection[] connections;
    private final Recorder recorder;
    private final long giveUp;
    private int owed;

    Phase(Selector selector, int clients, Duration length) throws IOException {
      this.selector = selector;
      this.connections = new Connection[clients];
      for (int i = 0; i < clients; i++) {
        connections[i] = open(i);
      }
      long start = System.nanoTime();
      this.recorder = new Recorder(start, length);
      this.giveUp = start + length.plus(LAST_ANSWERS).toNanos();
    }

    Measurement run() throws IOException {
      for (Connection connection : connections) {
        send(connection);
      }
      while (owed > 0 && System.nanoTime() - giveUp < 0) {
        selector.select(this::ready, SELECT_MILLIS);
      }
      for (; owed > 0; owed--) {
        recorder.error("no answer within " + LAST_ANSWERS.toSeconds() + " s of the phase's end");
      }
      return recorder.measurement(connections.length);
    }

    private void send(Connection connection) throws IOException {
      connection.send(requests);
      owed++;
    }

    private Connection open(int index) throws IOException {
      return Connection.open(index, address, selector, requests.view());
    }

    private void ready(SelectionKey key) {
      Connection connection = (Connection) key.attachment();
      try {
        if (connection.answered()) {
          answered(connection);
        }
      } catch (IOException e) {
        lost(connection, e);
      }
    }

    private void answered(Connection connection) throws IOException {
      owed--;
      long now = System.nanoTime();
      if (connection.status() == OK) {
        recorder.success(connection.sentAt(), now, 1);
      } else {
        recorder.error(connection.problem());
      }
      if (!recorder.over(now)) {
        send(connection);
      }
    }

    /** A broken connection costs its request and is replaced; a server that is gone ends it all. */
    private void lost(Connection connection, IOException cause) {
      owed--;
      recorder.error(cause.toString());
      try {
        connection.close();
        if (!recorder.over(System.nanoTime())) {
          connections[connection.index()] = open(connection.index());
          send(connections[connection.index()]);
        }
      } catch (IOException gone) {
        throw new UncheckedIOException(gone);
      }
    }

    @Override
    public void close() throws IOException {
      for (Connection connection : connections) {
        connection.close();
      }
    }
  }
}
