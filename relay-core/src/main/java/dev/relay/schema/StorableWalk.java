package dev.relay.schema;

import dev.relay.message.JsonLimits;
import dev.relay.message.Storable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One walk of {@link StorableDocument} over one tree; stops where a limit is passed. */
final class StorableWalk {
  private final JsonLimits limits;
  private final Deque<Object> place = new ArrayDeque<>();
  private final List<Violation> violations = new ArrayList<>();
  private long bytes;
  private int values;

  StorableWalk(JsonLimits limits) {
    this.limits = limits;
  }

  List<Violation> violations() {
    return violations;
  }

  void over(JsonNode document) {
    visit(document);
    if (values > limits.maxValues()) {
      violations.add(whole("has more than " + limits.maxValues() + " values"));
    } else if (bytes > limits.maxBytes()) {
      violations.add(whole("is longer than " + limits.maxBytes() + " bytes"));
    }
  }

  private boolean full() {
    return values > limits.maxValues()
        || bytes > limits.maxBytes()
        || violations.size() >= Explanation.MAX_VIOLATIONS;
  }

  private void visit(JsonNode node) {
    values++;
    switch (node.getNodeType()) {
      case STRING -> text("", node.stringValue());
      case OBJECT, ARRAY -> container(node);
      case NUMBER -> number(node);
      case BOOLEAN, NULL -> bytes += 5;
      case BINARY -> bytes += node.asString("").length();
      default -> refuse("is not JSON but " + node.getNodeType());
    }
  }

  private void container(JsonNode node) {
    if (place.size() >= limits.maxDepth()) {
      refuse("is nested deeper than " + limits.maxDepth() + " objects and arrays");
      return;
    }
    bytes += 2 + node.size();
    if (node.isObject()) {
      fields(node);
    } else {
      items(node);
    }
  }

  private void fields(JsonNode object) {
    for (var field : object.properties()) {
      if (full()) {
        return;
      }
      place.addLast(field.getKey());
      text("the field name ", field.getKey());
      visit(field.getValue());
      place.removeLast();
    }
  }

  private void items(JsonNode array) {
    Iterator<JsonNode> items = array.iterator();
    for (int i = 0; items.hasNext() && !full(); i++) {
      place.addLast(i);
      visit(items.next());
      place.removeLast();
    }
  }

  private void text(String what, String text) {
    bytes += 3;
    boolean suspicious = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        suspicious |= c == 0;
        bytes++;
      } else {
        suspicious |= Character.isSurrogate(c);
        bytes += c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
      }
    }
    if (suspicious) {
      Storable.problem(text).ifPresent(problem -> refuse(what + problem));
    }
  }

  private void number(JsonNode node) {
    if (node.isBigDecimal()) {
      bytes += node.decimalValue().precision() + 2L;
      Storable.problem(node.decimalValue()).ifPresent(this::refuse);
    } else if (node.isBigInteger()) {
      // a bit is less than a third of a digit
      bytes += node.bigIntegerValue().bitLength() / 3L + 2L;
      Storable.problem(node.bigIntegerValue()).ifPresent(this::refuse);
    } else if (node.isIntegralNumber()) {
      // ten bits are three digits, nearly
      bytes += 1 + (64 - Long.numberOfLeadingZeros(Math.abs(node.longValue()))) * 3L / 10;
    } else {
      bytes += 8;
      if (!Double.isFinite(node.doubleValue())) {
        refuse("is " + node.numberValue() + ", must be a finite number");
      }
    }
  }

  private void refuse(String message) {
    violations.add(new Violation(pointer(), StorableDocument.KEYWORD, message));
  }

  private static Violation whole(String message) {
    return new Violation("", StorableDocument.KEYWORD, message);
  }

  private String pointer() {
    String pointer = "";
    for (Object step : place) {
      pointer =
          step instanceof Integer index
              ? Pointers.child(pointer, index)
              : Pointers.child(pointer, step.toString());
    }
    return pointer;
  }
}
