package dev.relay.catalog;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whether two JSON documents say the same. The order of fields doesn't matter, and neither does how
 * a number is written: the store gives {@code 1.0} back for what a file has as {@code 1.0}, but a
 * reader of YAML may have made {@code 1} of it.
 */
final class JsonSameness {
  private static final Comparator<JsonNode> BY_VALUE =
      (left, right) -> {
        if (left.isNumber() && right.isNumber()) {
          return left.decimalValue().compareTo(right.decimalValue());
        }
        return left.equals(right) ? 0 : 1;
      };

  private JsonSameness() {}

  static boolean same(@Nullable JsonNode left, @Nullable JsonNode right) {
    if (left == null || right == null) {
      return left == right;
    }
    return left.equals(BY_VALUE, right);
  }
}
