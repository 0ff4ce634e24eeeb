package dev.relay.schema;

import com.networknt.schema.dialect.BasicDialectRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.DialectRegistry;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.AnnotationKeyword;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The drafts of JSON Schema that are spoken, the default first. */
final class Drafts {
  private static final List<Dialect> ALL =
      Stream.of(
              Dialects.getDraft202012(),
              Dialects.getDraft201909(),
              Dialects.getDraft7(),
              Dialects.getDraft6(),
              Dialects.getDraft4())
          .map(Drafts::quietOnUnknownKeywords)
          .toList();

  private Drafts() {}

  static Dialect standard() {
    return ALL.get(0);
  }

  /** Knows these drafts and nothing else, so that an unknown {@code $schema} isn't looked up. */
  static DialectRegistry registry() {
    return new BasicDialectRegistry(ALL);
  }

  /** The draft a {@code $schema} names, with or without the empty fragment, http or https. */
  static Optional<Dialect> named(String address) {
    return ALL.stream().filter(draft -> same(draft.getId(), address)).findFirst();
  }

  static List<String> addresses() {
    return ALL.stream().map(Dialect::getId).toList();
  }

  private static boolean same(String a, String b) {
    return plain(a).equals(plain(b));
  }

  private static String plain(String address) {
    String whole = address.endsWith("#") ? address.substring(0, address.length() - 1) : address;
    return whole.startsWith("https:") ? "http:" + whole.substring("https:".length()) : whole;
  }

  /**
   * The specification asks to collect unknown keywords; the library's default also logs a warning.
   */
  private static Dialect quietOnUnknownKeywords(Dialect dialect) {
    return Dialect.builder(dialect)
        .unknownKeywordFactory((keyword, context) -> new AnnotationKeyword(keyword))
        .build();
  }
}
