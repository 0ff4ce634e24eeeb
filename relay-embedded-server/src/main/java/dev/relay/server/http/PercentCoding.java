package dev.relay.server.http;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent coding of RFC 3986, strictly: text that isn't UTF-8 is refused instead of guessed. */
public final class PercentCoding {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private PercentCoding() {}

  /** One path segment or query value as it is meant; {@code +} is a space in a query only. */
  public static String decode(String text, boolean query) {
    if (text.indexOf('%') < 0 && !(query && text.indexOf('+') >= 0)) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        bytes.write(hex(text, i));
        i += 2;
      } else if (c == '+' && query) {
        bytes.write(' ');
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      throw malformed(text);
    }
  }

  /** A text as one path segment or query value. */
  public static String encode(String text) {
    StringBuilder coded = new StringBuilder(text.length() + 8);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (UNRESERVED.indexOf(c) >= 0) {
        coded.append(c);
      } else {
        coded.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
        coded.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
    return coded.toString();
  }

  private static int hex(String text, int percent) {
    if (percent + 2 >= text.length()) {
      throw malformed(text);
    }
    int high = Character.digit(text.charAt(percent + 1), 16);
    int low = Character.digit(text.charAt(percent + 2), 16);
    if (high < 0 || low < 0) {
      throw malformed(text);
    }
    return high * 16 + low;
  }

  private static RelayException malformed(String text) {
    return RelayException.of(
            ErrorCode.MALFORMED_REQUEST, "\"" + text + "\" in the URL isn't percent-coded UTF-8")
        .remedy("code each byte of the UTF-8 form as %XX; a slash in a key is %2F")
        .build();
  }
}
