package dev.relay.message;

import dev.relay.message.MalformedJsonException.Kind;

/** Checks UTF-8 strictly: the JSON parser's decoder lets overlong forms and surrogates pass. */
final class Utf8 {
  private Utf8() {}

  /** How many bytes a byte order mark takes at the start: 3 or 0. */
  static int byteOrderMark(byte[] bytes) {
    boolean marked =
        bytes.length >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    return marked ? 3 : 0;
  }

  /** Whether any character may be written as an escape like {@code \\u0000}. */
  static boolean hasBackslash(byte[] bytes) {
    for (byte b : bytes) {
      if (b == '\\') {
        return true;
      }
    }
    return false;
  }

  /**
   * @throws MalformedJsonException where the bytes aren't UTF-8
   */
  static void check(byte[] bytes) {
    int all = 0;
    for (byte b : bytes) {
      all |= b;
    }
    // nearly all requests are plain ASCII, which has no byte with the highest bit
    for (int i = all < 0 ? 0 : bytes.length; i < bytes.length; ) {
      int length = bytes[i] >= 0 ? 1 : sequence(bytes, i);
      if (length == 0) {
        throw invalid(bytes, i);
      }
      i += length;
    }
  }

  /** The length of the multi-byte sequence at an index, 0 where there is none (RFC 3629, 4). */
  private static int sequence(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    if (first < 0xC2 || first > 0xF4) {
      return 0;
    }
    int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (at + length > bytes.length || !within(bytes[at + 1], lowest, highest)) {
      return 0;
    }
    for (int i = at + 2; i < at + length; i++) {
      if (!within(bytes[i], 0x80, 0xBF)) {
        return 0;
      }
    }
    return length;
  }

  private static boolean within(byte value, int lowest, int highest) {
    int unsigned = value & 0xFF;
    return unsigned >= lowest && unsigned <= highest;
  }

  private static MalformedJsonException invalid(byte[] bytes, int at) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < at; i++) {
      boolean newLine = bytes[i] == '\n';
      line += newLine ? 1 : 0;
      column = newLine ? 1 : column + 1;
    }
    String problem = String.format("is not UTF-8: the byte 0x%02X doesn't belong here", bytes[at]);
    return new MalformedJsonException(Kind.MALFORMED, problem, line, column);
  }
}
