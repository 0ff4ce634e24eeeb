package dev.relay.cli.output;

import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON to and from plain maps and lists. Short verbs live on Jackson's streaming half alone: the
 * object mapper would cost more than all the rest of their start-up. Numbers stay exact.
 */
public final class JsonText {
  private JsonText() {}

  /**
   * Reads one JSON value.
   *
   * @throws StreamReadException where the text isn't one JSON value; it knows line and column
   */
  public static @Nullable Object read(String text) {
    try (JsonParser parser =
        new JsonFactory().createParser(ObjectReadContext.empty(), new StringReader(text))) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new StreamReadException(parser, "nothing but blanks");
      }
      Object value = value(parser, first);
      if (parser.nextToken() != null) {
        throw new StreamReadException(parser, "one value is expected, more text follows it");
      }
      return value;
    }
  }

  /** As {@link #read}, where an object is expected. */
  public static JsonObject object(String text) {
    return JsonObject.of(read(text));
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> map(parser);
      case START_ARRAY -> list(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> parser.getBigIntegerValue();
      case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      default -> null;
    };
  }

  private static Map<String, @Nullable Object> map(JsonParser parser) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      map.put(name, value(parser, parser.nextToken()));
    }
    return map;
  }

  private static List<@Nullable Object> list(JsonParser parser) {
    List<@Nullable Object> list = new ArrayList<>();
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      list.add(value(parser, next));
    }
    return list;
  }

  /** The value on one line. */
  public static String line(@Nullable Object value) {
    StringBuilder text = new StringBuilder();
    write(value, text, -1);
    return text.toString();
  }

  /** The value over several lines, two blanks a level. */
  public static String pretty(@Nullable Object value) {
    StringBuilder text = new StringBuilder();
    write(value, text, 0);
    return text.toString();
  }

  private static void write(@Nullable Object value, StringBuilder text, int level) {
    if (value instanceof Map<?, ?> map) {
      writeMap(map, text, level);
    } else if (value instanceof Iterable<?> items) {
      writeList(items, text, level);
    } else if (value instanceof BigDecimal decimal) {
      text.append(plain(decimal));
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      text.append(value);
    } else {
      quote(value.toString(), text);
    }
  }

  // a huge exponent would become a text of as many zeros
  private static String plain(BigDecimal decimal) {
    return Math.abs(decimal.scale()) > 100 ? decimal.toString() : decimal.toPlainString();
  }

  private static void writeMap(Map<?, ?> map, StringBuilder text, int level) {
    text.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      text.append(separator);
      indent(text, level < 0 ? level : level + 1);
      quote(String.valueOf(entry.getKey()), text);
      text.append(level < 0 ? ":" : ": ");
      write(entry.getValue(), text, level < 0 ? level : level + 1);
      separator = ",";
    }
    close(text, level, map.isEmpty(), '}');
  }

  private static void writeList(Iterable<?> items, StringBuilder text, int level) {
    text.append('[');
    String separator = "";
    for (Object item : items) {
      text.append(separator);
      indent(text, level < 0 ? level : level + 1);
      write(item, text, level < 0 ? level : level + 1);
      separator = ",";
    }
    close(text, level, separator.isEmpty(), ']');
  }

  private static void close(StringBuilder text, int level, boolean empty, char bracket) {
    if (!empty) {
      indent(text, level);
    }
    text.append(bracket);
  }

  private static void indent(StringBuilder text, int level) {
    if (level >= 0) {
      text.append('\n').append("  ".repeat(level));
    }
  }

  private static void quote(String value, StringBuilder text) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      escape(value.charAt(i), text);
    }
    text.append('"');
  }

  private static void escape(char letter, StringBuilder text) {
    switch (letter) {
      case '"' -> text.append("\\\"");
      case '\\' -> text.append("\\\\");
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      default -> {
        // the controls above 0x7e are legal in JSON, but some of them steer a terminal
        if (letter < 0x20 || (letter >= 0x7f && letter < 0xa0)) {
          text.append(String.format("\\u%04x", (int) letter));
        } else {
          text.append(letter);
        }
      }
    }
  }
}
