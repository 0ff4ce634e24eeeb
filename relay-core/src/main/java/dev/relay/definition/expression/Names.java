package dev.relay.definition.expression;

import java.util.Set;

/** The functions that an expression may call. */
final class Names {
  /** Every function of the language that gives the same answer on every run and every machine. */
  static final Set<String> FUNCTIONS =
      Set.of(
          ("sum count max min average string substring substringBefore substringAfter lowercase"
                  + " uppercase length trim pad match contains replace split join formatNumber"
                  + " formatBase formatInteger parseInteger number floor ceil round abs sqrt power"
                  + " boolean not map zip filter single reduce sift keys lookup append exists"
                  + " spread merge reverse each error assert type sort distinct base64encode"
                  + " base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl"
                  + " toMillis fromMillis clone now millis")
              .split(" "));

  /** The time of the turn; useful only when called. */
  static final Set<String> CLOCKS = Set.of("now", "millis");

  /** Functions of the language that would make a retried turn differ from the first. */
  static final Set<String> RANDOM = Set.of("random", "shuffle");

  /** The function that would run text as an expression, past every check at load. */
  static final String EVAL = "eval";

  private Names() {}
}
