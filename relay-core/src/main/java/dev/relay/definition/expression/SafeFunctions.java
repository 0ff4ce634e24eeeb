package dev.relay.definition.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Jsonata.JFunctionCallable;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The functions of the language that Relay replaces, to bound them or to make them repeatable. */
final class SafeFunctions {
  private SafeFunctions() {}

  /** Puts them in the place of the library's own, for one compiled expression. */
  static void into(Jsonata expression) {
    expression.registerFunction("pad", function("<s-ns?:s>", SafeFunctions::pad));
    expression.registerFunction("toMillis", function("<s-s?:n>", SafeFunctions::toMillis));
    expression.registerFunction("match", matching("<s-f<s:o>n?:a<o>>", SafeFunctions::match));
    expression.registerFunction("contains", matching("<s-(sf):b>", SafeFunctions::contains));
    expression.registerFunction("replace", matching("<s-(sf)(sf)n?:s>", SafeFunctions::replace));
    expression.registerFunction("split", matching("<s-(sf)n?:a<s>>", SafeFunctions::split));
    for (String name : Names.RANDOM) {
      expression.registerFunction(name, refused(name));
    }
    expression.registerFunction(Names.EVAL, refused(Names.EVAL));
  }

  /** Binds {@code $now} and {@code $millis} to the time of the turn. */
  static void clock(Frame frame, Instant now) {
    Jsonata.Fn2<String, String, String> text =
        (picture, zone) -> Functions.dateTimeFromMillis(now.toEpochMilli(), picture, zone);
    Jsonata.Fn0<Number> millis = now::toEpochMilli;
    frame.bind("now", (Object) text);
    frame.bind("millis", (Object) millis);
  }

  private static JFunction function(String signature, JFunctionCallable body) {
    return new JFunction(body, signature);
  }

  /** A function whose second argument may be a regular expression, tried within bounds first. */
  private static JFunction matching(String signature, JFunctionCallable body) {
    return function(
        signature,
        (input, args) -> {
          if (at(args, 0) instanceof String text && at(args, 1) instanceof Pattern pattern) {
            BoundedText.tryOut(pattern, text);
          }
          return body.call(input, args);
        });
  }

  private static JFunction refused(String name) {
    return function(
        "<x?x?x?:x>",
        (input, args) -> {
          throw new JException("$" + name + " isn't allowed", -1);
        });
  }

  /** The library's own is quadratic and unbounded: 300 million characters never come to an end. */
  private static @Nullable Object pad(Object input, List<?> args) {
    if (!(at(args, 0) instanceof String text) || !(at(args, 1) instanceof Number width)) {
      return null;
    }
    long wanted = Math.abs(width.longValue());
    if (wanted > Meter.MAX_TEXT) {
      throw new JException("$pad to " + wanted + " characters; at most " + Meter.MAX_TEXT, -1);
    }
    String filler = at(args, 2) instanceof String given && !given.isEmpty() ? given : " ";
    int missing = (int) wanted - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return text;
    }
    String repeated = filler.repeat(missing / filler.codePointCount(0, filler.length()) + 1);
    String padding = repeated.substring(0, repeated.offsetByCodePoints(0, missing));
    return width.longValue() < 0 ? padding + text : text + padding;
  }

  /** A time without a zone is UTC here; the library's own would ask the machine for its zone. */
  private static @Nullable Object toMillis(Object input, List<?> args) throws Exception {
    String text = (String) at(args, 0);
    String picture = (String) at(args, 1);
    if (text != null && picture == null && text.indexOf('T') > 0) {
      try {
        return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).toEpochMilli();
      } catch (DateTimeParseException zoned) {
        // it names its zone: the library reads it the same everywhere
      }
    }
    return Functions.dateTimeToMillis(text, picture);
  }

  private static @Nullable Object match(Object input, List<?> args) {
    return at(args, 1) instanceof Pattern pattern
        ? Functions.match((String) at(args, 0), pattern, whole(at(args, 2)))
        : null;
  }

  private static @Nullable Object contains(Object input, List<?> args) {
    return Functions.contains((String) at(args, 0), at(args, 1));
  }

  private static @Nullable Object replace(Object input, List<?> args) {
    return Functions.replace((String) at(args, 0), at(args, 1), at(args, 2), whole(at(args, 3)));
  }

  private static @Nullable Object split(Object input, List<?> args) {
    return Functions.split((String) at(args, 0), at(args, 1), whole(at(args, 2)));
  }

  private static @Nullable Integer whole(@Nullable Object number) {
    return number instanceof Number given ? given.intValue() : null;
  }

  private static @Nullable Object at(List<?> args, int index) {
    return index < args.size() ? args.get(index) : null;
  }
}
