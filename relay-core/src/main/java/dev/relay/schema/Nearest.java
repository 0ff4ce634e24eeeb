package dev.relay.schema;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The "did you mean" of every message: the known name that a mistyped one probably meant. Case,
 * underscores and hyphens don't count, so {@code AddToCart} finds {@code ADD_TO_CART}.
 */
public final class Nearest {
  /** Longer names are never typing mistakes of ours; also bounds the quadratic comparison. */
  private static final int LONGEST = 100;

  private Nearest() {}

  /** The known name nearest to the one found, or none where all are too far off to be meant. */
  public static Optional<String> nearest(String found, Collection<String> known) {
    String wanted = letters(found);
    if (wanted.isEmpty() || wanted.length() > LONGEST) {
      return Optional.empty();
    }
    @Nullable String best = null;
    int bestDistance = tolerance(wanted) + 1;
    for (String name : known) {
      int distance =
          name.equals(found) ? bestDistance : distance(wanted, letters(name), bestDistance);
      if (distance < bestDistance) {
        best = name;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** The suggestion as the end of a sentence, for example {@code ; did you mean "currency"?}. */
  public static String suggestion(String found, Collection<String> known) {
    return nearest(found, known).map(name -> "; did you mean \"" + name + "\"?").orElse("");
  }

  /** Slips that are forgiven: one in a short word, three in a long one. */
  private static int tolerance(String word) {
    if (word.length() <= 2) {
      return 0;
    }
    return word.length() <= 4 ? 1 : word.length() <= 8 ? 2 : 3;
  }

  private static String letters(String name) {
    StringBuilder letters = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '_' && c != '-' && c != ' ' && c != '.') {
        letters.append(c);
      }
    }
    return letters.toString().toLowerCase(Locale.ROOT);
  }

  /**
   * Letters added, dropped, changed or swapped with their neighbour (optimal string alignment);
   * {@code limit} stands for every distance of that size or more.
   */
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) >= limit) {
      return limit;
    }
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, 1 + Math.min(last[j], row[j - 1]));
        if (i > 1 && j > 1 && swapped(a, i, b, j)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] spare = beforeLast;
      beforeLast = last;
      last = row;
      row = spare;
    }
    return Math.min(last[b.length()], limit);
  }

  private static boolean swapped(String a, int i, String b, int j) {
    return a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
