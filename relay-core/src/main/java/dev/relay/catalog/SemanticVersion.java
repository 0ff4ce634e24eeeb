package dev.relay.catalog;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version as semver.org defines it, as far as the catalog needs: read and compared. Immutable.
 */
record SemanticVersion(long major, long minor, long patch, String preRelease)
    implements Comparable<SemanticVersion> {
  private static final String NUMBER = "(0|[1-9][0-9]{0,8})";
  private static final String REST = "(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?";
  private static final Pattern FORM =
      Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER + REST);

  /** A version with a pre-release part comes before the one without; parts compare as text. */
  private static final Comparator<SemanticVersion> ORDER =
      Comparator.comparingLong(SemanticVersion::major)
          .thenComparingLong(SemanticVersion::minor)
          .thenComparingLong(SemanticVersion::patch)
          .thenComparing(version -> version.preRelease.isEmpty())
          .thenComparing(SemanticVersion::preRelease);

  static Optional<SemanticVersion> of(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String pre = matcher.group(4) == null ? "" : matcher.group(4);
    return Optional.of(
        new SemanticVersion(
            Long.parseLong(matcher.group(1)),
            Long.parseLong(matcher.group(2)),
            Long.parseLong(matcher.group(3)),
            pre));
  }

  /** Whether the first text is a later version than the second; false where one isn't a version. */
  static boolean isLater(String text, String than) {
    Optional<SemanticVersion> version = of(text);
    Optional<SemanticVersion> other = of(than);
    return version.isPresent() && other.isPresent() && version.get().compareTo(other.get()) > 0;
  }

  @Override
  public int compareTo(SemanticVersion other) {
    return ORDER.compare(this, other);
  }
}
