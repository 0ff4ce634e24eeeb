package dev.relay.catalog;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A key that is made of more than one field: text with parts in braces, for example {@code
 * orders/{$day}/{orderId % 8}}.
 *
 * <table>
 *   <caption>Parts</caption>
 *   <tr><td>{@code {orderId}}</td><td>a field of the payload</td></tr>
 *   <tr><td>{@code {orderId % 8}}</td><td>0 to 7, always the same for the same value</td></tr>
 *   <tr><td>{@code {$day}}</td><td>the day of the message, in UTC: {@code 2026-11-01}</td></tr>
 * </table>
 *
 * Immutable, thread-safe.
 */
public final class KeyTemplate {
  /** More shards than this spread nothing any more, and make combining them dear. */
  public static final int MOST_SHARDS = 1024;

  private static final String DAY = "$day";

  private static final Pattern PART =
      Pattern.compile("\\{\\s*([^{}%\\s]+)\\s*(?:%\\s*([1-9][0-9]{0,3})\\s*)?\\}");

  /** A part in braces: a field or {@code $day}, and over how many shards; 0 for its value. */
  private record Part(String before, String name, int shards) {}

  private final List<Part> parts;
  private final String end;

  private KeyTemplate(List<Part> parts, String end) {
    this.parts = List.copyOf(parts);
    this.end = end;
  }

  /** Whether a key is a template; otherwise it is the name of a field. */
  public static boolean isTemplate(String key) {
    return key.indexOf('{') >= 0 || key.indexOf('}') >= 0;
  }

  /** The template that a key is; empty where it is the name of a field, or malformed. */
  static Optional<KeyTemplate> read(String key) {
    try {
      return isTemplate(key) ? Optional.of(parse(key)) : Optional.empty();
    } catch (IllegalArgumentException malformed) {
      return Optional.empty(); // written into the catalog by hand: nothing names an instance
    }
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException where it isn't one, saying what was expected
   */
  public static KeyTemplate parse(String text) {
    List<Part> parts = new ArrayList<>(3);
    Matcher matcher = PART.matcher(text);
    int end = 0;
    while (matcher.find()) {
      String name = matcher.group(1);
      int shards = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
      if (shards > MOST_SHARDS || (name.startsWith("$") && (!name.equals(DAY) || shards > 0))) {
        throw malformed(text);
      }
      parts.add(new Part(text.substring(end, matcher.start()), name, shards));
      end = matcher.end();
    }
    KeyTemplate template = new KeyTemplate(parts, text.substring(end));
    if (parts.isEmpty() || template.texts().anyMatch(KeyTemplate::isTemplate)) {
      throw malformed(text);
    }
    return template;
  }

  /** The fields of the payload that it is made of. */
  public List<String> fields() {
    return parts.stream().map(Part::name).filter(name -> !name.equals(DAY)).distinct().toList();
  }

  /**
   * The key; empty where a field is missing.
   *
   * @param field the value of a field that can name an instance
   * @param time the message's
   */
  public Optional<String> key(Function<String, Optional<String>> field, Instant time) {
    StringBuilder key = new StringBuilder();
    for (Part part : parts) {
      Optional<String> value =
          part.name().equals(DAY)
              ? Optional.of(LocalDate.ofInstant(time, ZoneOffset.UTC).toString())
              : field.apply(part.name());
      if (value.isEmpty()) {
        return Optional.empty();
      }
      String text = value.get();
      key.append(part.before()).append(part.shards() == 0 ? text : shard(text, part.shards()));
    }
    return Optional.of(key.append(end).toString());
  }

  private Stream<String> texts() {
    return Stream.concat(parts.stream().map(Part::before), Stream.of(end));
  }

  /** The same in every process; mixed, because ids that count up differ in their last digits. */
  private static int shard(String value, int shards) {
    int hash = value.hashCode();
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return Math.floorMod(hash ^ (hash >>> 16), shards);
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "\""
            + text
            + "\" is no key: in braces there is a field, {orderId}, one of up to "
            + MOST_SHARDS
            + " shards of its values, {orderId % 8}, or {$day}");
  }
}
