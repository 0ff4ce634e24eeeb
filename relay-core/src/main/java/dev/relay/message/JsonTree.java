package dev.relay.message;

import dev.relay.message.MalformedJsonException.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ContainerNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.ValueNode;

/**
 * Builds the tree of one document and checks it on the way, in one pass: a second walk would cost
 * as much again, and only the parser knows line and column. Not thread-safe.
 */
final class JsonTree {
  /** Keeps the zero of 29.90, as {@link Json} does. */
  private static final JsonNodeFactory NODES = new JsonNodeFactory();

  private final JsonParser parser;
  private final JsonLimits limits;
  private final boolean suspicious;
  private final Deque<ContainerNode<?>> open = new ArrayDeque<>();
  private int values;

  JsonTree(JsonParser parser, JsonLimits limits, boolean suspicious) {
    this.parser = parser;
    this.limits = limits;
    this.suspicious = suspicious;
  }

  JsonNode read() {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw new MalformedJsonException(Kind.MALFORMED, "is empty, must be a JSON document", 0, 0);
    }
    JsonNode root = node(token);
    while (!open.isEmpty()) {
      step(parser.nextToken());
    }
    if (parser.nextToken() != null) {
      throw problem(Kind.MALFORMED, "goes on after the end of the JSON document");
    }
    return root;
  }

  private void step(JsonToken token) {
    ContainerNode<?> container = open.peek();
    if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
      open.pop();
    } else if (container instanceof ObjectNode object) {
      field(object);
    } else if (container instanceof ArrayNode array) {
      array.add(node(token));
    }
  }

  private void field(ObjectNode object) {
    String name = parser.currentName();
    refuseUnstorable("the field name", name);
    if (object.replace(name, node(parser.nextToken())) != null) {
      throw problem(Kind.MALFORMED, "has the field \"" + cut(name) + "\" twice in one object");
    }
  }

  private JsonNode node(@Nullable JsonToken token) {
    if (++values > limits.maxValues()) {
      throw problem(Kind.TOO_COMPLEX, "has more than " + limits.maxValues() + " values");
    }
    if (token == JsonToken.VALUE_STRING) {
      String text = parser.getString();
      refuseUnstorable("a text", text);
      return NODES.stringNode(text);
    }
    return token == JsonToken.START_OBJECT
        ? opened(NODES.objectNode())
        : token == JsonToken.START_ARRAY ? opened(NODES.arrayNode()) : scalar(token);
  }

  private JsonNode opened(ContainerNode<?> container) {
    if (open.size() >= limits.maxDepth()) {
      throw problem(
          Kind.TOO_COMPLEX, "is nested deeper than " + limits.maxDepth() + " objects and arrays");
    }
    open.push(container);
    return container;
  }

  private ValueNode scalar(@Nullable JsonToken token) {
    if (token == null) {
      throw problem(Kind.MALFORMED, "ends in the middle");
    }
    return switch (token) {
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> decimal();
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      default -> throw problem(Kind.MALFORMED, "has an unexpected " + token);
    };
  }

  private ValueNode integer() {
    refuseTooManyCharacters();
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      default -> big(parser.getBigIntegerValue());
    };
  }

  private ValueNode big(BigInteger number) {
    Storable.problem(number).ifPresent(what -> refuse("a number", what));
    return NODES.numberNode(number);
  }

  private ValueNode decimal() {
    refuseTooManyCharacters();
    BigDecimal number = exactly();
    Storable.problem(number).ifPresent(what -> refuse("a number", what));
    return NODES.numberNode(number);
  }

  private BigDecimal exactly() {
    try {
      return parser.getDecimalValue();
    } catch (NumberFormatException beyondAnInt) {
      // how the parser says that an exponent needs more than 32 bits
      throw problem(Kind.MALFORMED, "a number has an exponent beyond " + Storable.MAX_EXPONENT);
    }
  }

  /** Before the characters become a number: that takes quadratic time. */
  private void refuseTooManyCharacters() {
    if (parser.getStringLength() > Storable.MAX_CHARACTERS) {
      refuse("a number", "has more than " + Storable.MAX_CHARACTERS + " characters");
    }
  }

  private void refuseUnstorable(String what, String text) {
    if (suspicious) {
      Storable.problem(text).ifPresent(problem -> refuse(what, problem));
    }
  }

  private void refuse(String what, String problem) {
    throw problem(Kind.MALFORMED, what + " " + problem);
  }

  private MalformedJsonException problem(Kind kind, String message) {
    TokenStreamLocation place = parser.currentTokenLocation();
    return new MalformedJsonException(kind, message, place.getLineNr(), place.getColumnNr());
  }

  private static String cut(String name) {
    return name.length() <= 60 ? name : name.substring(0, 60) + "…";
  }
}
