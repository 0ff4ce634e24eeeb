package dev.relay.message;

import dev.relay.message.MalformedJsonException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/**
 * Reads JSON that strangers send: exactly RFC 8259 in UTF-8, within {@link JsonLimits}, and only
 * what can be stored. Beyond malformed syntax it refuses duplicate field names, anything after the
 * document, NUL characters, halves of surrogate pairs, invalid UTF-8, and numbers of more than
 * 1,000 digits or an exponent beyond ±400. A leading byte order mark is skipped. Decimals stay
 * exact. Thread-safe.
 */
public final class BoundedJsonReader {
  /** Names of parser options, and the parser's name for its source. */
  private static final Pattern JARGON =
      Pattern.compile(": enable `.*| \\(not recognized as one.*| at \\[Source.*", Pattern.DOTALL);

  private final JsonLimits limits;
  private final JsonFactory factory;

  public BoundedJsonReader(JsonLimits limits) {
    this.limits = limits;
    this.factory =
        JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .streamReadConstraints(bytesAreTheOnlyBound())
            .build();
  }

  /**
   * Depth, values and digits are counted by {@link JsonTree}, which names the limit in its message;
   * the parser itself needs no stack, so that nothing is left for its own limits to guard.
   */
  private static StreamReadConstraints bytesAreTheOnlyBound() {
    return StreamReadConstraints.builder()
        .maxNestingDepth(Integer.MAX_VALUE)
        .maxNumberLength(Integer.MAX_VALUE)
        .maxStringLength(Integer.MAX_VALUE)
        .maxNameLength(Integer.MAX_VALUE)
        .build();
  }

  /**
   * Reads one document. The bytes aren't kept.
   *
   * @throws MalformedJsonException where it isn't taken as JSON
   */
  public JsonNode read(byte[] utf8) {
    if (utf8.length > limits.maxBytes()) {
      String problem =
          "is " + utf8.length + " bytes long, at most " + limits.maxBytes() + " are accepted";
      throw new MalformedJsonException(Kind.TOO_LARGE, problem, 0, 0);
    }
    Utf8.check(utf8);
    int start = Utf8.byteOrderMark(utf8);
    try (JsonParser parser =
        factory.createParser(ObjectReadContext.empty(), utf8, start, utf8.length - start)) {
      // in valid UTF-8, NUL and halves of characters can only be written as escapes
      return new JsonTree(parser, limits, Utf8.hasBackslash(utf8)).read();
    } catch (JacksonException malformed) {
      throw translated(malformed);
    }
  }

  /**
   * Reads one document.
   *
   * @throws MalformedJsonException where it isn't taken as JSON
   */
  public JsonNode read(String text) {
    Storable.problem(text)
        .ifPresent(
            problem -> {
              throw new MalformedJsonException(Kind.MALFORMED, problem, 0, 0);
            });
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static MalformedJsonException translated(JacksonException malformed) {
    TokenStreamLocation place = malformed.getLocation();
    int line = place == null ? 0 : place.getLineNr();
    int column = place == null ? 0 : place.getColumnNr();
    String problem = inOurWords(String.valueOf(malformed.getOriginalMessage()));
    return new MalformedJsonException(Kind.MALFORMED, "is not JSON: " + problem, line, column);
  }

  /** Leaves out what only a programmer of the parser could act on. */
  private static String inOurWords(String message) {
    if (message.startsWith("Unexpected end-of-input")) {
      return "it ends in the middle";
    }
    return JARGON.matcher(message).replaceFirst("");
  }
}
