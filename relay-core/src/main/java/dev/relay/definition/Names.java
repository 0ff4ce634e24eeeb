package dev.relay.definition;

import dev.relay.message.Json;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** How things of a definition are called. */
final class Names {
  private static final Pattern EVENT = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");
  private static final Pattern ACTOR = Pattern.compile("[a-z][a-z0-9]*([_-][a-z0-9]+)*");
  private static final Pattern CLASS =
      Pattern.compile("[\\p{Alpha}_][\\w$]*(\\.[\\p{Alpha}_][\\w$]*)*");
  private static final Pattern VERSION =
      Pattern.compile("(0|[1-9]\\d{0,8})(\\.(0|[1-9]\\d{0,8})){2}(-[0-9A-Za-z.-]{1,40})?");

  /** Longest name of an event or an actor: both become parts of keys in stores and transports. */
  private static final int LONGEST = 100;

  private Names() {}

  /** Reports a name that isn't {@code UPPER_SNAKE}. */
  static void event(String name, Place place, Problems problems) {
    if (!EVENT.matcher(name).matches() || name.length() > LONGEST) {
      String upper = words(name, "_").toUpperCase(Locale.ROOT);
      problems.add(
          place,
          "an event's name is UPPER_SNAKE, up to " + LONGEST + " characters, not \"" + name + "\"",
          EVENT.matcher(upper).matches() && upper.length() <= LONGEST ? upper : null);
    }
  }

  /** Reports a name that isn't {@code lower_snake} or {@code lower-kebab}. */
  static void actor(String name, Place place, Problems problems) {
    if (!ACTOR.matcher(name).matches() || name.length() > LONGEST) {
      String lower = words(name, "_").toLowerCase(Locale.ROOT);
      problems.add(
          place,
          "an actor's name is lower_snake or lower-kebab, up to "
              + LONGEST
              + " characters, not \""
              + name
              + "\"",
          ACTOR.matcher(lower).matches() && lower.length() <= LONGEST ? lower : null);
    }
  }

  static boolean isJavaClass(String name) {
    return CLASS.matcher(name).matches();
  }

  static boolean isVersion(String text) {
    return VERSION.matcher(text).matches();
  }

  /** The schema that any object satisfies. */
  static JsonNode anyObject() {
    return Json.mapper().createObjectNode().put("type", "object");
  }

  private static String words(String name, String between) {
    return name.strip()
        .replaceAll("([a-z0-9])([A-Z])", "$1" + between + "$2")
        .replaceAll("[^A-Za-z0-9]+", between);
  }
}
