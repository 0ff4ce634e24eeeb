package dev.relay.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One keyword of {@link QuickAcceptance}. Thread-safe. */
@FunctionalInterface
interface QuickCheck {
  /** Digits and powers of ten beyond which arithmetic isn't quick; the library decides then. */
  int PLAIN_DIGITS = 40;

  /** In the place of decimals, for units that are no power of ten. */
  int NOT_TEN = Integer.MIN_VALUE;

  /**
   * Whether the value surely satisfies the keyword.
   *
   * @param depth how many more schemas may be applied inside this one
   */
  boolean accepts(JsonNode value, int depth);

  /** The check of a keyword; absent where only the library knows it. */
  static @Nullable QuickCheck of(String keyword, JsonNode value) {
    return switch (keyword) {
      case "type" -> type(value);
      case "required" -> required(value);
      case "enum" -> anyOf(value);
      case "const" -> (found, depth) -> found.equals(value);
      case "minimum" -> compared(value, sign -> sign >= 0);
      case "exclusiveMinimum" -> compared(value, sign -> sign > 0);
      case "maximum" -> compared(value, sign -> sign <= 0);
      case "exclusiveMaximum" -> compared(value, sign -> sign < 0);
      case "multipleOf" -> multipleOf(value.decimalValue());
      case "format" -> QuickFormat.of(value.stringValue(""));
      case "pattern" -> pattern(value.stringValue(""));
      case "minLength" -> length(value.intValue(0), Integer.MAX_VALUE);
      case "maxLength" -> length(0, value.intValue(0));
      case "minItems" -> items(value.intValue(0), Integer.MAX_VALUE);
      case "maxItems" -> items(0, value.intValue(0));
      default -> null;
    };
  }

  private static QuickCheck type(JsonNode value) {
    Set<String> types = new TreeSet<>();
    if (value.isString()) {
      types.add(value.stringValue());
    }
    value.forEach(each -> types.add(each.stringValue("")));
    if (types.size() == 1) {
      String only = types.iterator().next();
      return (found, depth) -> is(found, only);
    }
    return (found, depth) -> types.stream().anyMatch(type -> is(found, type));
  }

  private static boolean is(JsonNode found, String type) {
    return switch (type) {
      case "object" -> found.isObject();
      case "array" -> found.isArray();
      case "string" -> found.isString();
      case "number" -> found.isNumber();
      case "integer" -> found.isIntegralNumber();
      case "boolean" -> found.isBoolean();
      case "null" -> found.isNull();
      default -> false;
    };
  }

  private static QuickCheck required(JsonNode names) {
    String[] wanted = new String[names.size()];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = names.get(i).stringValue("");
    }
    return (found, depth) -> {
      if (found.isObject()) {
        for (String name : wanted) {
          if (!found.has(name)) {
            return false;
          }
        }
      }
      return true;
    };
  }

  private static QuickCheck anyOf(JsonNode values) {
    return (found, depth) -> {
      for (int i = 0; i < values.size(); i++) {
        if (values.get(i).equals(found)) {
          return true;
        }
      }
      return false;
    };
  }

  private static QuickCheck compared(JsonNode limit, java.util.function.IntPredicate wanted) {
    BigDecimal exact = limit.decimalValue();
    boolean small = limit.isInt();
    long whole = small ? limit.intValue() : 0;
    return (found, depth) -> {
      if (!found.isNumber()) {
        return true;
      }
      return small && found.isIntegralNumber() && found.canConvertToLong()
          ? wanted.test(Long.compare(found.longValue(), whole))
          : wanted.test(found.decimalValue().compareTo(exact));
    };
  }

  private static QuickCheck multipleOf(BigDecimal unit) {
    BigDecimal shortest = unit.stripTrailingZeros();
    int places = shortest.unscaledValue().equals(BigInteger.ONE) ? shortest.scale() : NOT_TEN;
    return (found, depth) -> {
      if (!found.isNumber()) {
        return true;
      }
      BigDecimal number = found.decimalValue();
      if (places != NOT_TEN && number.scale() <= places) {
        return true; // no more decimals than the power of ten that is asked for
      }
      return number.precision() <= PLAIN_DIGITS
          && Math.abs(number.scale()) <= PLAIN_DIGITS
          && number.remainder(unit).signum() == 0;
    };
  }

  private static QuickCheck pattern(String source) {
    MeteredPattern pattern;
    try {
      pattern = new MeteredPattern(source);
    } catch (IllegalArgumentException notOne) {
      return (found, depth) -> !found.isString();
    }
    return (found, depth) -> {
      try {
        return !found.isString() || pattern.matches(found.stringValue());
      } catch (PatternTooCostlyException unsure) {
        return false;
      }
    };
  }

  private static QuickCheck length(int least, int most) {
    return (found, depth) -> {
      if (!found.isString()) {
        return true;
      }
      String text = found.stringValue();
      int length = text.codePointCount(0, text.length());
      return length >= least && length <= most;
    };
  }

  private static QuickCheck items(int least, int most) {
    return (found, depth) -> !found.isArray() || found.size() >= least && found.size() <= most;
  }
}
