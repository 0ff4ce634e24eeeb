package dev.relay.server.http;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.handlers.HttpContinueReadHandler;
import java.net.InetSocketAddress;
import org.xnio.Options;

/** The listening socket with Undertow behind it. Thread-safe. */
public final class HttpListener implements AutoCloseable {
  /** Connections the operating system holds while all I/O threads are busy; chosen. */
  private static final int BACKLOG = 1024;

  private final Undertow undertow;

  /**
   * Binds and starts to listen.
   *
   * @param host the address or name to bind
   * @param port the port; 0 for any free one
   * @param ioThreads threads that read and write sockets
   * @throws RuntimeException where the address can't be had; its cause says why
   */
  public HttpListener(String host, int port, int ioThreads, FrontDoor door, Limits limits) {
    this.undertow =
        Undertow.builder()
            .addHttpListener(port, host, new HttpContinueReadHandler(door))
            .setIoThreads(ioThreads)
            // nothing of ours runs there: whatever may wait goes through Offload
            .setWorkerThreads(1)
            .setServerOption(UndertowOptions.DECODE_URL, false)
            .setServerOption(UndertowOptions.MAX_HEADER_SIZE, limits.maxHeaderBytes())
            .setServerOption(UndertowOptions.MAX_HEADERS, 100)
            .setServerOption(UndertowOptions.MAX_PARAMETERS, 100)
            // ours is the limit: beyond its own the server resets the connection, answer and all
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
            .setServerOption(
                UndertowOptions.REQUEST_PARSE_TIMEOUT, (int) limits.headerTimeout().toMillis())
            .setServerOption(
                UndertowOptions.NO_REQUEST_TIMEOUT, (int) limits.idleTimeout().toMillis())
            .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
            .setSocketOption(Options.TCP_NODELAY, true)
            .setSocketOption(Options.REUSE_ADDRESSES, true)
            .setSocketOption(Options.BACKLOG, BACKLOG)
            .setSocketOption(Options.CONNECTION_HIGH_WATER, limits.maxConnections())
            .setSocketOption(Options.CONNECTION_LOW_WATER, limits.maxConnections() - 1)
            .build();
    undertow.start();
  }

  /** The port that is listened on. */
  public int port() {
    return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
  }

  /** Stops listening and cuts what is still open. */
  @Override
  public void close() {
    undertow.stop();
  }
}
