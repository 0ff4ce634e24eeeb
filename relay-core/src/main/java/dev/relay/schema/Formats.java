package dev.relay.schema;

import java.util.Map;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/** Says what a {@code format} looks like, since its name alone helps nobody. */
final class Formats {
  private static final Map<String, String> EXAMPLES =
      Map.ofEntries(
          Map.entry("date-time", "a date and time with offset like 2026-02-14T09:30:00Z"),
          Map.entry("date", "a date like 2026-02-14"),
          Map.entry("time", "a time with offset like 09:30:00Z"),
          Map.entry("duration", "a duration like P1DT12H or PT30M"),
          Map.entry("email", "an e-mail address like ada@example.com"),
          Map.entry("idn-email", "an e-mail address like ada@example.com"),
          Map.entry("hostname", "a host name like shop.example.com"),
          Map.entry("idn-hostname", "a host name like shop.example.com"),
          Map.entry("ipv4", "an IPv4 address like 192.0.2.1"),
          Map.entry("ipv6", "an IPv6 address like 2001:db8::1"),
          Map.entry("uri", "an absolute URI like https://example.com/a"),
          Map.entry("uri-reference", "a URI or relative reference like /a?b=c"),
          Map.entry("iri", "an absolute IRI like https://example.com/a"),
          Map.entry("iri-reference", "an IRI or relative reference like /a?b=c"),
          Map.entry("uri-template", "a URI template like /orders/{id}"),
          Map.entry("uuid", "a UUID like 0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"),
          Map.entry("json-pointer", "a JSON Pointer like /items/0/name"),
          Map.entry("relative-json-pointer", "a relative JSON Pointer like 1/name"));

  private Formats() {}

  static String message(String format, JsonNode found) {
    if (format.equals("regex")) {
      return notARegex(found.asString(""));
    }
    String example = EXAMPLES.getOrDefault(format, "of format " + Quoted.text(format));
    return "is " + Quoted.value(found) + ", must be " + example;
  }

  private static String notARegex(String found) {
    String why = "";
    try {
      new MeteredPattern(found);
    } catch (PatternSyntaxException problem) {
      why = ": " + problem.getDescription() + " near index " + problem.getIndex();
    }
    return "is " + Quoted.text(found) + ", must be a regular expression of ECMA-262" + why;
  }
}
