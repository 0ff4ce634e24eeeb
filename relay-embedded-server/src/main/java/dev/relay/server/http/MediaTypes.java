package dev.relay.server.http;

import dev.relay.server.problem.HttpFault;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The content types a route reads. An absent one is refused too: a page of another site can send a
 * body without a type, but not one of type JSON, unless this server allowed it.
 */
final class MediaTypes {
  /** Stands for all of them, and for none. */
  static final String ANY = "*/*";

  private MediaTypes() {}

  /** Refuses a body whose type the route doesn't read. */
  static void check(List<String> readable, @Nullable String contentType) {
    if (readable.contains(ANY) || contentType != null && readable.contains(contentType)) {
      return;
    }
    if (contentType == null || !readable.contains(type(contentType)) || !utf8(contentType)) {
      throw HttpFault.UNSUPPORTED_MEDIA_TYPE.because(
          "the body's Content-Type is "
              + (contentType == null ? "absent" : "\"" + contentType + "\"")
              + "; read here: "
              + String.join(", ", readable)
              + " in UTF-8",
          "send the header Content-Type: " + readable.get(0));
    }
  }

  /** The type without its parameters, in lower case. */
  static String type(String contentType) {
    int semicolon = contentType.indexOf(';');
    String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
    return type.trim().toLowerCase(Locale.ROOT);
  }

  private static boolean utf8(String contentType) {
    String text = contentType.toLowerCase(Locale.ROOT).replace("\"", "").replace(" ", "");
    int charset = text.indexOf(";charset=");
    return charset < 0 || text.startsWith("utf-8", charset + ";charset=".length());
  }
}
