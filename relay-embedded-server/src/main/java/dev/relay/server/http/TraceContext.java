package dev.relay.server.http;

import org.jspecify.annotations.Nullable;

/** The header {@code traceparent} of W3C Trace Context: version, trace id, parent id, flags. */
public final class TraceContext {
  private static final int LENGTH =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".length();

  private TraceContext() {}

  /** The header where it has the form of version 00 and its ids aren't all zeros, else nothing. */
  public static @Nullable String valid(@Nullable String header) {
    if (header == null || header.length() != LENGTH || header.startsWith("ff")) {
      return null;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = header.charAt(i);
      boolean dash = i == 2 || i == 35 || i == 52;
      if (dash ? c != '-' : !hex(c)) {
        return null;
      }
    }
    return zeros(header, 3, 35) || zeros(header, 36, 52) ? null : header;
  }

  private static boolean hex(char c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
  }

  private static boolean zeros(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }
}
