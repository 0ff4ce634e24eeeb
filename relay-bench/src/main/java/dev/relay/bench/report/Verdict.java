package dev.relay.bench.report;

import java.util.Locale;

/** One target, what was found, and whether that reaches it. */
public record Verdict(String target, double found, boolean reached) {
  static Verdict atLeast(double goal, String of, double found) {
    return new Verdict(text("≥ %s × %s", goal, of), found, found >= goal);
  }

  static Verdict atMost(double goal, String of, double found) {
    return new Verdict(text("≤ %s × %s", goal, of), found, found <= goal);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s %s (%.2f)", reached ? "reached" : "MISSED", target, found);
  }

  private static String text(String format, double goal, String of) {
    String number = goal == Math.rint(goal) ? String.valueOf((long) goal) : String.valueOf(goal);
    return String.format(Locale.ROOT, format, number, of);
  }
}
