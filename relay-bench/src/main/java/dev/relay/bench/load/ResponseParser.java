package dev.relay.bench.load;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Finds the end of one HTTP/1.1 answer, and its status, with as little work as that takes. Only
 * answers with a {@code Content-Length} are understood; without one the body is taken for empty.
 *
 * <p>The buffer is filled from 0 to its position and never read through its position, so the caller
 * just goes on reading from the socket into it.
 */
final class ResponseParser {
  private static final byte[] CONTENT_LENGTH = ascii("content-length:");
  private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding:");
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final int SAMPLE_BYTES = 300;

  private int status;
  private int lineStart;
  private int scanned;
  private int bodyStart;
  private boolean inBody;
  private long missing;

  /** Forgets the last answer; the buffer must be cleared with it. */
  void reset() {
    status = 0;
    lineStart = 0;
    scanned = 0;
    bodyStart = 0;
    inBody = false;
    missing = 0;
  }

  /** Status of the answer, once its first line is in. */
  int status() {
    return status;
  }

  /**
   * Looks at what has come in since the last call.
   *
   * @return whether the whole answer is in
   * @throws ProtocolException when this is no answer that the client understands
   */
  boolean complete(ByteBuffer buffer) throws ProtocolException {
    int end = buffer.position();
    while (!inBody && scanned < end) {
      if (buffer.get(scanned++) == '\n') {
        line(buffer, lineStart, scanned - 2);
        lineStart = scanned;
      }
    }
    if (!inBody) {
      if (!buffer.hasRemaining()) {
        throw unexpected("an answer's head under %,d bytes", buffer.capacity());
      }
      return false;
    }
    missing -= end - scanned;
    scanned = end;
    if (missing < 0) {
      throw unexpected("an answer of the announced length, got %,d bytes more", -missing);
    }
    if (missing > 0 && !buffer.hasRemaining()) {
      buffer.clear();
      scanned = 0;
      bodyStart = 0;
    }
    return missing == 0;
  }

  /** The beginning of the body, for a message about an answer that was no success. */
  String sample(ByteBuffer buffer) {
    int length = Math.min(SAMPLE_BYTES, Math.max(0, buffer.position() - bodyStart));
    byte[] bytes = new byte[length];
    buffer.get(bodyStart, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private void line(ByteBuffer buffer, int from, int to) throws ProtocolException {
    if (from == to) {
      inBody = true;
      bodyStart = scanned;
    } else if (status == 0) {
      if (to < STATUS_AT + 3) {
        throw unexpected("a status line, got one of %d characters", to - from);
      }
      status = (int) number(buffer, STATUS_AT, STATUS_AT + 3);
    } else if (startsWith(buffer, from, to, CONTENT_LENGTH)) {
      missing = number(buffer, from + CONTENT_LENGTH.length, to);
    } else if (startsWith(buffer, from, to, TRANSFER_ENCODING)) {
      throw unexpected("an answer with Content-Length, got a chunked one");
    }
  }

  private static boolean startsWith(ByteBuffer buffer, int from, int to, byte[] name) {
    if (to - from < name.length) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if ((buffer.get(from + i) | 0x20) != (name[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }

  private static long number(ByteBuffer buffer, int from, int to) throws ProtocolException {
    long value = 0;
    for (int i = from; i < to; i++) {
      byte digit = buffer.get(i);
      if (digit >= '0' && digit <= '9') {
        value = value * 10 + (digit - '0');
      } else if (digit != ' ') {
        throw unexpected("a number, got byte %d", digit);
      }
    }
    return value;
  }

  private static ProtocolException unexpected(String expected, Object... values) {
    return new ProtocolException("expected " + String.format(Locale.ROOT, expected, values));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
