package dev.relay.server.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A caller with bad manners: says byte by byte what no HTTP library would. */
public final class RawClient implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  public RawClient(int port) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  public RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  public RawClient send(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
    return this;
  }

  /** What comes until this text has come, or the server closes or resets the connection. */
  public String readUntil(String end) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      for (int b = in.read(); b >= 0; b = in.read()) {
        all.write(b);
        if (b == end.charAt(end.length() - 1)
            && all.toString(StandardCharsets.UTF_8).endsWith(end)) {
          break;
        }
      }
    } catch (SocketTimeoutException nothing) {
      throw new IOException("only this came: " + all.toString(StandardCharsets.UTF_8), nothing);
    } catch (SocketException reset) {
      // a server that closes while bytes are on their way to it resets the connection
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  /** All that comes until the server closes or resets the connection. */
  public String readAll() throws IOException {
    return readUntil("\uffff");
  }

  public void stopSending() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
