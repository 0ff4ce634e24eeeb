package dev.relay.definition;

import dev.relay.definition.YamlNode.Entry;
import dev.relay.definition.YamlNode.Mapping;
import dev.relay.definition.YamlNode.Scalar;
import dev.relay.definition.YamlNode.Sequence;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One section of a definition with its known keys: reads values of the expected kind and turns
 * everything else into a problem, going on with a default so that the rest is read too.
 */
final class Form {
  private final Mapping mapping;
  private final String what;
  private final Problems problems;

  /**
   * @param what the section, for messages: {@code actor}, {@code handles ADD_TO_CART}, …
   */
  Form(Mapping mapping, String what, Problems problems, List<String> keys) {
    this.mapping = mapping;
    this.what = what;
    this.problems = problems;
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              if (!keys.contains(key)) {
                String known = String.join(", ", keys);
                String message = what + " has no key \"" + key + "\"; it has: " + known;
                problems.unknown(entry.keyPlace(), message, key, keys);
              }
            });
  }

  /** A section that should be a mapping; an empty one where it isn't. */
  static Form of(YamlNode node, String what, Problems problems, List<String> keys) {
    if (node instanceof Mapping mapping) {
      return new Form(mapping, what, problems, keys);
    }
    String message = what + " is a mapping, not " + node.kind() + "; it has: ";
    problems.add(node.place(), message + String.join(", ", keys));
    return new Form(new Mapping(node.place(), Map.of()), what, problems, keys);
  }

  Place place() {
    return mapping.place();
  }

  boolean isEmpty() {
    return mapping.entries().isEmpty();
  }

  /** Where a value is written; the section's own place where it isn't. */
  Place placeOf(String key) {
    YamlNode node = get(key);
    return node == null ? place() : node.place();
  }

  boolean has(String key) {
    return mapping.entries().containsKey(key);
  }

  /** The value of a key; absent where nothing is written behind it. */
  @Nullable YamlNode get(String key) {
    YamlNode node = mapping.get(key);
    return node instanceof Scalar scalar && scalar.value() == null ? null : node;
  }

  /** The place of a key itself. */
  Place keyPlace(String key) {
    Entry entry = mapping.entries().get(key);
    return entry == null ? place() : entry.keyPlace();
  }

  Optional<Scalar> scalar(String key) {
    YamlNode node = get(key);
    if (node == null) {
      return Optional.empty();
    }
    if (node instanceof Scalar scalar) {
      return Optional.of(scalar);
    }
    problems.add(node.place(), what + ": " + key + " is a text, not " + node.kind());
    return Optional.empty();
  }

  Optional<String> text(String key) {
    Optional<Scalar> scalar = scalar(key);
    if (scalar.isPresent() && !scalar.get().isText()) {
      String written = scalar.get().text();
      String message = what + ": " + key + " is a text; write it in quotes: \"" + written + "\"";
      problems.add(scalar.get().place(), message);
    }
    return scalar.map(Scalar::text);
  }

  /** A text that must be there; reports and answers with an empty one where it isn't. */
  String required(String key, String example) {
    Optional<String> text = text(key);
    if (text.isEmpty() && get(key) == null) {
      problems.add(keyPlace(key), what + " lacks " + key + ", for example " + key + ": " + example);
    }
    return text.orElse("");
  }

  /** A duration in words, or a whole number of milliseconds; longer than nothing. */
  Duration duration(String key, Duration byDefault) {
    Optional<Scalar> scalar = scalar(key);
    if (scalar.isEmpty()) {
      return byDefault;
    }
    Optional<Duration> duration =
        scalar.get().isText()
            ? Durations.parse(scalar.get().text())
            : millis(scalar.get().value()).map(Duration::ofMillis);
    if (duration.isEmpty() || duration.get().isZero() || duration.get().toDays() > 20) {
      String expected = "is a duration of 1ms to 20d such as " + Durations.EXAMPLES;
      String found = scalar.get().text();
      problems.add(scalar.get().place(), what + ": " + key + " " + expected + ", not " + found);
      return byDefault;
    }
    return duration.get();
  }

  private static Optional<Long> millis(@Nullable Object value) {
    return value instanceof BigDecimal number
            && number.signum() > 0
            && number.stripTrailingZeros().scale() <= 0
            && number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0
        ? Optional.of(number.longValue())
        : Optional.empty();
  }

  /** A whole number within bounds. */
  int whole(String key, int byDefault, int least, int most) {
    Optional<Scalar> scalar = scalar(key);
    if (scalar.isEmpty()) {
      return byDefault;
    }
    Optional<Long> number = millis(scalar.get().value());
    if (number.isEmpty() || number.get() < least || number.get() > most) {
      String expected = key + " is a whole number from " + least + " to " + most + ", not ";
      problems.add(scalar.get().place(), what + ": " + expected + scalar.get().text());
      return byDefault;
    }
    return number.get().intValue();
  }

  /** A list; a single value counts as a list of one. */
  List<YamlNode> list(String key) {
    YamlNode node = get(key);
    if (node == null) {
      return List.of();
    }
    return node instanceof Sequence list ? list.items() : List.of(node);
  }

  /** A list of texts, or one text. */
  List<Scalar> texts(String key) {
    List<Scalar> texts = new ArrayList<>();
    for (YamlNode node : list(key)) {
      if (node instanceof Scalar scalar && scalar.value() != null) {
        texts.add(scalar);
      } else {
        problems.add(node.place(), what + ": " + key + " lists texts, not " + node.kind());
      }
    }
    return texts;
  }

  /** The entries of a mapping under a key, in order. */
  Map<String, Entry> entries(String key) {
    YamlNode node = get(key);
    if (node instanceof Mapping entries) {
      return entries.entries();
    }
    if (node != null) {
      problems.add(node.place(), what + ": " + key + " is a mapping by name, not " + node.kind());
    }
    return new LinkedHashMap<>();
  }
}
