package dev.relay.definition.expression;

import com.dashjoin.jsonata.Jsonata;
import dev.relay.message.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Between JSON documents and what the expression language computes with.
 *
 * <p>The language knows doubles only. A decimal of up to 15 digits survives the way through a
 * double and back unchanged, so it goes in as one; a longer one is handed through as it is. A
 * computed fraction comes out rounded to those 15 digits: 0.1 * 3 is 0.3.
 */
final class Values {
  /** Values of one result, counted with all that is nested. */
  static final int MAX_VALUES = 50_000;

  /** Nesting of one result. */
  static final int MAX_NESTING = 100;

  private static final int EXACT_DIGITS = 15;
  private static final MathContext EXACT = new MathContext(EXACT_DIGITS);
  private static final JsonNodeFactory NODES = Json.mapper().getNodeFactory();

  private int left = MAX_VALUES;

  private Values() {}

  /** A document as the expression language sees it. A JSON null is the language's own null. */
  static Object fromJson(JsonNode node) {
    if (node instanceof ObjectNode object) {
      Map<String, Object> map = new LinkedHashMap<>(object.size() * 2);
      object.forEachEntry((name, value) -> map.put(name, fromJson(value)));
      return map;
    }
    if (node instanceof ArrayNode array) {
      List<Object> list = new ArrayList<>(array.size());
      for (JsonNode element : array) {
        list.add(fromJson(element));
      }
      return list;
    }
    if (node.isString()) {
      return node.stringValue();
    }
    if (node.isNumber()) {
      return number(node.numberValue());
    }
    return node.isBoolean() ? node.booleanValue() : Jsonata.NULL_VALUE;
  }

  private static Number number(Number value) {
    if (!(value instanceof BigDecimal decimal)) {
      return value;
    }
    if (decimal.precision() > EXACT_DIGITS || Math.abs((long) decimal.scale()) > 300) {
      return decimal;
    }
    double number = decimal.doubleValue();
    long whole = (long) number;
    if (whole != number) {
      return number;
    }
    if (whole == (int) whole) {
      return (int) whole;
    }
    return whole;
  }

  /**
   * A result as a document, in node types of its own; null where the expression gives nothing.
   *
   * @throws ExpressionException where it holds a function or is larger than allowed
   */
  static @Nullable JsonNode toJson(@Nullable Object result) {
    return result == null ? null : new Values().node(result, 0);
  }

  private JsonNode node(Object value, int depth) {
    if (--left < 0) {
      throw new ExpressionException("a result of more than " + MAX_VALUES + " values");
    }
    if (depth > MAX_NESTING) {
      throw new ExpressionException("a result nested deeper than " + MAX_NESTING);
    }
    if (value instanceof String text) {
      return NODES.stringNode(text);
    }
    if (value instanceof Number number) {
      return numberNode(number);
    }
    if (value instanceof Boolean flag) {
      return NODES.booleanNode(flag);
    }
    if (value instanceof Map<?, ?> map) {
      return object(map, depth);
    }
    if (value instanceof List<?> list) {
      return array(list, depth);
    }
    if (value == Jsonata.NULL_VALUE) {
      return NODES.nullNode();
    }
    throw new ExpressionException("a result that holds a function; is it to be called: $now()?");
  }

  private JsonNode object(Map<?, ?> map, int depth) {
    ObjectNode object = NODES.objectNode();
    map.forEach(
        (name, value) -> {
          if (value != null) {
            object.set(String.valueOf(name), node(value, depth + 1));
          }
        });
    return object;
  }

  private JsonNode array(List<?> list, int depth) {
    ArrayNode array = NODES.arrayNode();
    for (Object value : list) {
      if (value != null) {
        array.add(node(value, depth + 1));
      }
    }
    return array;
  }

  private static JsonNode numberNode(Number number) {
    if (number instanceof Integer whole) {
      return NODES.numberNode(whole.intValue());
    }
    if (number instanceof Long whole) {
      return NODES.numberNode(whole.longValue());
    }
    if (number instanceof BigInteger whole) {
      return NODES.numberNode(whole);
    }
    if (number instanceof BigDecimal decimal) {
      return NODES.numberNode(decimal);
    }
    return fraction(number.doubleValue());
  }

  private static JsonNode fraction(double number) {
    if (!Double.isFinite(number)) {
      throw new ExpressionException("a result that is no number");
    }
    if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      return NODES.numberNode((long) number);
    }
    BigDecimal decimal = BigDecimal.valueOf(number);
    if (number == Math.rint(number)) {
      return NODES.numberNode(decimal.toBigInteger());
    }
    return NODES.numberNode(
        decimal.precision() <= EXACT_DIGITS ? decimal : decimal.round(EXACT).stripTrailingZeros());
  }
}
