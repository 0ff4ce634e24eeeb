package dev.relay.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A business metric of an actor. Immutable.
 *
 * @param actor whose definition declares it
 * @param name its name, unique within the actor
 * @param sum the field that is added up; absent where occurrences are counted
 * @param event the event whose occurrences count; absent where the actor's instances do, as they
 *     are now
 * @param labels the fields by which it is told apart
 */
public record Metric(
    String actor, String name, @Nullable String sum, @Nullable String event, List<String> labels) {
  /** Sets of labels that one metric has at most; what comes later counts under {@code other}. */
  public static final int MOST_SERIES = 1_000;

  /** How it is written. */
  public static final String EXAMPLE = "sum(amount) on PAYMENT_PROCESSED by currency";

  private static final String PATH = "[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)*";

  private static final Pattern TEXT =
      Pattern.compile(
          "\\s*(?:count|sum\\(\\s*("
              + PATH
              + ")\\s*\\))(?:\\s+on\\s+([A-Z][A-Z0-9_]*))?(?:\\s+by\\s+("
              + PATH
              + "(?:\\s*,\\s*"
              + PATH
              + ")*))?\\s*");

  public Metric {
    labels = List.copyOf(labels);
  }

  /** Reads {@code count on ORDER_CREATED by country}; empty where it isn't written so. */
  public static Optional<Metric> read(String actor, String name, String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    List<String> labels = new ArrayList<>();
    String by = matcher.group(3);
    for (String label : by == null ? new String[0] : by.split(",", -1)) {
      labels.add(label.strip());
    }
    return Optional.of(new Metric(actor, name, matcher.group(1), matcher.group(2), labels));
  }

  /** As it is written; another text is another metric, which is counted anew. */
  public String text() {
    return (sum == null ? "count" : "sum(" + sum + ")")
        + (event == null ? "" : " on " + event)
        + (labels.isEmpty() ? "" : " by " + String.join(", ", labels));
  }
}
