package dev.relay.schema;

import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Values as they appear in messages: as JSON, cut where they get long, never expanded. */
final class Quoted {
  /** Characters of a value that are shown: enough to recognise it, and two fit on a line. */
  private static final int LONGEST = 60;

  private Quoted() {}

  /** The value as JSON, for example {@code "2"} or {@code {"a":[1,2…}. */
  static String value(JsonNode node) {
    if (node.isString()) {
      return text(node.stringValue());
    }
    StringBuilder text = new StringBuilder();
    append(node, text);
    return text.length() <= LONGEST ? text.toString() : cut(text.toString()) + "…";
  }

  /** The value and its JSON type, for example {@code "2" (string)}. */
  static String valueAndType(JsonNode node) {
    return node.isNull() ? "null" : value(node) + " (" + type(node) + ")";
  }

  /** Any text in quotes, control characters escaped, cut where it is long. */
  static String text(String value) {
    return value.length() <= LONGEST
        ? StringNode.valueOf(value).toString()
        : StringNode.valueOf(cut(value) + "…").toString();
  }

  private static String type(JsonNode node) {
    if (node.isNumber()) {
      return node.isIntegralNumber() ? "integer" : "number";
    }
    return node.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  private static void append(JsonNode node, StringBuilder text) {
    if (text.length() > LONGEST) {
      return;
    }
    if (node.isObject()) {
      appendObject(node, text);
    } else if (node.isArray()) {
      appendArray(node, text);
    } else if (node.isString()) {
      text.append(text(node.stringValue()));
    } else if (node.isNumber()) {
      // not asString(): that writes 1E+400 as a one and four hundred zeros
      text.append(node.numberValue());
    } else {
      text.append(node.asString(node.toString()));
    }
  }

  private static void appendObject(JsonNode node, StringBuilder text) {
    text.append('{');
    String comma = "";
    for (var field : node.properties()) {
      text.append(comma).append(text(field.getKey())).append(':');
      append(field.getValue(), text);
      comma = ",";
      if (text.length() > LONGEST) {
        return;
      }
    }
    text.append('}');
  }

  private static void appendArray(JsonNode node, StringBuilder text) {
    text.append('[');
    String comma = "";
    for (JsonNode element : node) {
      text.append(comma);
      append(element, text);
      comma = ",";
      if (text.length() > LONGEST) {
        return;
      }
    }
    text.append(']');
  }

  private static String cut(String text) {
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end);
  }
}
