package dev.relay.cli.client;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One request over one connection, as HTTP/1.1 (RFC 9112) says it. A short verb makes one request
 * and ends, and every HTTP client of the JDK costs it more to load than the request takes: {@code
 * java.net.http} 0.3 s of processor time, {@code HttpURLConnection} 0.05 s, mostly in looking
 * through every jar for other handlers of {@code http:}.
 */
final class HttpCall {
  /** Longer than any answer of a node; a stranger may send without end. */
  private static final int MAX_BODY = 256 * 1024 * 1024;

  private static final int MAX_LINE = 64 * 1024;

  private static final String JSON = "application/json, application/problem+json";

  private final URI address;
  private final Duration connect;
  private final Duration patience;

  /**
   * @param address where to; {@code http} or {@code https}
   * @param connect how long the connection may take
   * @param patience how long the answer may take after that
   */
  HttpCall(URI address, Duration connect, Duration patience) {
    this.address = address;
    this.connect = connect;
    this.patience = patience;
  }

  /** What is sent. */
  record Body(String contentType, String text) {}

  /** What came back. */
  record Answer(int status, String body) {}

  /** The connection didn't come about in time. */
  static final class ConnectTimeout extends IOException {
    private static final long serialVersionUID = 1L;

    ConnectTimeout(SocketTimeoutException cause) {
      super(cause);
    }
  }

  /**
   * Sends and waits for the whole answer.
   *
   * @throws ConnectTimeout where nobody takes the connection
   * @throws SocketTimeoutException where the answer doesn't come in time
   * @throws IOException where the connection breaks, or what answers doesn't speak HTTP
   */
  Answer send(String method, @Nullable Body body) throws IOException {
    byte[] payload = body == null ? new byte[0] : body.text().getBytes(StandardCharsets.UTF_8);
    try (Socket socket = open()) {
      InputStream in = new Patient(socket, System.nanoTime() + patience.toNanos());
      IOException broken = write(socket, head(method, JSON, "", payload.length, body), payload);
      return broken == null ? read(in) : readDespite(broken, in);
    }
  }

  /** An answer whose body comes as it is made; closing it ends the connection. */
  record Stream(int status, InputStream body, Socket socket) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /**
   * Asks for something without end. Reading fails with a {@link SocketTimeoutException} where
   * nothing comes for as long as the patience.
   *
   * @param fields more lines of the head, each ended
   */
  Stream stream(String accept, String fields) throws IOException {
    Socket socket = open();
    try {
      socket.setSoTimeout((int) patience.toMillis());
      InputStream in = new BufferedInputStream(socket.getInputStream());
      socket.getOutputStream().write(head("GET", accept, fields, 0, null));
      Head head = readHead(in);
      InputStream body = head.chunked() ? new Chunks(in) : in;
      return new Stream(head.status(), body, socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  // a node that refuses a body answers and closes while it is still being written
  private static Answer readDespite(IOException broken, InputStream in) throws IOException {
    try {
      return read(in);
    } catch (IOException e) {
      throw broken;
    }
  }

  private static @Nullable IOException write(Socket socket, byte[] head, byte[] payload) {
    try {
      byte[] message = java.util.Arrays.copyOf(head, head.length + payload.length);
      System.arraycopy(payload, 0, message, head.length, payload.length);
      socket.getOutputStream().write(message);
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  /** Tries every address of the name: localhost is often two, and a node listens on one. */
  private Socket open() throws IOException {
    boolean secure = "https".equals(address.getScheme());
    int port = address.getPort() >= 0 ? address.getPort() : secure ? 443 : 80;
    IOException last = new UnknownHostException(address.getHost());
    for (InetAddress candidate : InetAddress.getAllByName(address.getHost())) {
      try {
        Socket socket = connect(new InetSocketAddress(candidate, port));
        return secure ? secured(socket, port) : socket;
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private Socket connect(InetSocketAddress to) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(to, (int) connect.toMillis());
      return socket;
    } catch (SocketTimeoutException e) {
      socket.close();
      throw new ConnectTimeout(e);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private Socket secured(Socket plain, int port) throws IOException {
    try {
      SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
      plain.setSoTimeout((int) connect.toMillis());
      SSLSocket socket = (SSLSocket) factory.createSocket(plain, address.getHost(), port, true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS"); // else any valid certificate would do
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket;
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  private byte[] head(
      String method, String accept, String fields, int length, @Nullable Body body) {
    String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(path).append(query).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(address.getRawAuthority()).append("\r\n");
    head.append("Accept: ").append(accept).append("\r\n").append(fields);
    head.append("User-Agent: relay-cli\r\nConnection: close\r\n");
    if (body != null) {
      head.append("Content-Type: ").append(body.contentType());
      head.append("\r\nContent-Length: ").append(length).append("\r\n");
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** What comes before a body; a length of -1 is unknown. */
  private record Head(int status, long length, boolean chunked) {}

  private static Answer read(InputStream in) throws IOException {
    Head head = readHead(in);
    byte[] body =
        head.chunked()
            ? new Chunks(in).readNBytes(MAX_BODY)
            : head.length() < 0 ? in.readNBytes(MAX_BODY) : exactly(in, head.length());
    return new Answer(head.status(), new String(body, StandardCharsets.UTF_8));
  }

  private static Head readHead(InputStream in) throws IOException {
    int status;
    long length;
    boolean chunked;
    do {
      status = status(line(in));
      length = -1;
      chunked = false;
      for (String field = line(in); !field.isEmpty(); field = line(in)) {
        String lower = field.toLowerCase(Locale.ROOT);
        if (lower.startsWith("content-length:")) {
          length = number(lower.substring(15), 10);
        }
        chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
      }
    } while (status < 200);
    return new Head(status, length, chunked);
  }

  private static int status(String line) throws IOException {
    if (!line.startsWith("HTTP/1.") || line.length() < 12) {
      throw new IOException("what answers doesn't speak HTTP");
    }
    return (int) number(line.substring(9, 12), 10);
  }

  /** The body that comes in chunks, as one stream; a cut in the middle is an error. */
  private static final class Chunks extends InputStream {
    private final InputStream in;
    private long left;
    private boolean ended;

    Chunks(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
      if (left == 0 && !ended) {
        next();
      }
      if (ended || count == 0) {
        return ended ? -1 : 0;
      }
      int read = in.read(buffer, offset, (int) Math.min(count, left));
      if (read < 0) {
        throw new EOFException("the answer was cut off");
      }
      left -= read;
      if (left == 0) {
        line(in);
      }
      return read;
    }

    private void next() throws IOException {
      String size = line(in);
      int extension = size.indexOf(';');
      left = number(extension < 0 ? size : size.substring(0, extension), 16);
      ended = left == 0;
    }
  }

  private static byte[] exactly(InputStream in, long length) throws IOException {
    byte[] bytes = in.readNBytes((int) Math.min(length, MAX_BODY));
    if (bytes.length < length) {
      throw new EOFException("the answer was cut off");
    }
    return bytes;
  }

  private static long number(String text, int radix) throws IOException {
    try {
      return Long.parseLong(text.strip(), radix);
    } catch (NumberFormatException e) {
      throw new IOException("what answers doesn't speak HTTP");
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.length() > MAX_LINE) {
        throw new EOFException("the connection was closed before the answer was complete");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  /** Reads until the deadline, however slowly the bytes drip. */
  private static final class Patient extends BufferedInputStream {
    Patient(Socket socket, long deadline) throws IOException {
      super(
          new InputStream() {
            private final InputStream in = socket.getInputStream();

            @Override
            public int read() throws IOException {
              byte[] one = new byte[1];
              return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int count) throws IOException {
              long left = (deadline - System.nanoTime()) / 1_000_000;
              if (left <= 0) {
                throw new SocketTimeoutException();
              }
              socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
              return in.read(buffer, offset, count);
            }
          });
    }
  }
}
