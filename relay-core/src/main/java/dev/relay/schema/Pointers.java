package dev.relay.schema;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** JSON Pointers (RFC 6901) as text and as the list of their unescaped parts. */
final class Pointers {
  private Pointers() {}

  static String child(String parent, String name) {
    return parent + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  static String child(String parent, int index) {
    return parent + "/" + index;
  }

  static String of(List<String> parts) {
    StringBuilder pointer = new StringBuilder();
    for (String part : parts) {
      pointer.append('/').append(part.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }

  static List<String> parts(String pointer) {
    List<String> parts = new ArrayList<>();
    for (JsonPointer rest = JsonPointer.compile(pointer); !rest.matches(); rest = rest.tail()) {
      parts.add(rest.getMatchingProperty());
    }
    return parts;
  }

  /** The node a pointer leads to, a missing node where it leads nowhere or isn't a pointer. */
  static JsonNode follow(JsonNode root, String pointer) {
    boolean wellFormed = pointer.isEmpty() || pointer.startsWith("/");
    return root.at(wellFormed ? JsonPointer.compile(pointer) : JsonPointer.compile("/\0"));
  }

  /** Whether a part can name an item of an array: nine digits are as many as an array may have. */
  static boolean isIndex(String part) {
    return part.length() <= 9
        && !part.isEmpty()
        && part.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
