package shop.notification;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a message, with gaps such as <code>{{orderId}}</code>: a file with its kind, its
 * subject, a blank line and the text. Immutable.
 */
record Template(String name, Kind kind, String subject, String text) {
  enum Kind {
    /** Somebody waits for it in front of a screen: it is never put off. */
    SECURITY,
    /** It belongs to something that the user has done, and doesn't ask for consent. */
    TRANSACTIONAL,
    /** Advertising: only to who has asked for it. */
    MARKETING
  }

  private static final Pattern GAP = Pattern.compile("\\{\\{(\\w+)}}");
  private static final Pattern FILE =
      Pattern.compile("kind: (\\w+)\\nsubject: ([^\\n]+)\\n\\n(.*)", Pattern.DOTALL);
  private static final Map<String, Template> READ = new ConcurrentHashMap<>();

  /** The template of a name that the schema has let through. */
  static Template named(String name) {
    return READ.computeIfAbsent(name, Template::read);
  }

  private static Template read(String name) {
    try (InputStream file = Template.class.getResourceAsStream(name + ".txt")) {
      byte[] bytes = Objects.requireNonNull(file, "no file " + name + ".txt").readAllBytes();
      Matcher parts = FILE.matcher(new String(bytes, StandardCharsets.UTF_8));
      if (!parts.matches()) {
        throw new IllegalStateException(
            name + ".txt has a line `kind:`, a line `subject:`, a blank line, and the text");
      }
      Kind kind = Kind.valueOf(parts.group(1).toUpperCase(Locale.ROOT));
      return new Template(name, kind, parts.group(2), parts.group(3));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isMarketing() {
    return kind == Kind.MARKETING;
  }

  boolean canWait() {
    return kind != Kind.SECURITY;
  }

  /** The first gap that nothing is given for. */
  Optional<String> missing(Map<String, String> data) {
    return GAP.matcher(subject + text)
        .results()
        .map(gap -> gap.group(1))
        .filter(gap -> !data.containsKey(gap))
        .findFirst();
  }

  /** The subject in one line, whatever is filled in. */
  String subject(Map<String, String> data) {
    return filled(subject, data).replaceAll("\\s+", " ");
  }

  String text(Map<String, String> data) {
    return filled(text, data);
  }

  private static String filled(String text, Map<String, String> data) {
    return GAP.matcher(text)
        .replaceAll(gap -> Matcher.quoteReplacement(data.getOrDefault(gap.group(1), "")));
  }
}
