package dev.relay.chaos.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a server on loopback and does to its connections what a bad network does. Bytes are
 * never changed, lost or reordered within a connection that lives. Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {
  private final int target;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile @Nullable ServerSocket door;
  private volatile boolean stalled;
  private volatile long delayMillis;

  /** Listens on a port of its own for a server on this port. */
  public TcpProxy(int target) {
    this.target = target;
    this.port = listen(0);
  }

  public int port() {
    return port;
  }

  /** Cuts every connection; new ones are taken. */
  public void cut() {
    open.forEach(TcpProxy::shut);
  }

  /** Cuts every connection and takes no new one until {@link #accept}. */
  public void refuse() {
    ServerSocket listening = door;
    door = null;
    if (listening != null) {
      try {
        listening.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    cut();
  }

  /** Takes connections again. */
  public void accept() {
    if (door == null) {
      listen(port);
    }
  }

  /** Holds all bytes back, in both directions, or lets them through again. */
  public void stall(boolean hold) {
    stalled = hold;
  }

  /** Lets every piece of bytes wait this long. */
  public void delay(long millis) {
    delayMillis = millis;
  }

  private int listen(int wanted) {
    try {
      ServerSocket listening = new ServerSocket();
      listening.setReuseAddress(true);
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
      door = listening;
      daemon(() -> take(listening));
      return listening.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(ServerSocket listening) {
    while (!listening.isClosed()) {
      try {
        connect(listening.accept());
      } catch (IOException closed) {
        // refusing now, or the server behind is down: the client has been told by its socket
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket server;
    try {
      server = new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException down) {
      client.close();
      throw down;
    }
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    open.add(client);
    open.add(server);
    daemon(() -> pump(client, server));
    daemon(() -> pump(server, client));
  }

  private void pump(Socket from, Socket to) {
    byte[] bytes = new byte[1 << 14];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        hold();
        out.write(bytes, 0, read);
      }
    } catch (IOException cut) {
      // both ends are shut below
    } finally {
      shut(from);
      shut(to);
      open.remove(from);
      open.remove(to);
    }
  }

  private void hold() {
    if (delayMillis > 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(delayMillis));
    }
    while (stalled) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // closed is closed
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "chaos-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    stall(false);
    refuse();
  }
}
