package dev.relay.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Orders violations by where they stand in the document, a parent before what it holds. */
final class DocumentOrder implements Comparator<Violation> {
  private final JsonNode document;
  private final Map<String, List<Integer>> positions = new HashMap<>();

  DocumentOrder(JsonNode document) {
    this.document = document;
  }

  @Override
  public int compare(Violation a, Violation b) {
    List<Integer> left = positions.computeIfAbsent(a.pointer(), this::position);
    List<Integer> right = positions.computeIfAbsent(b.pointer(), this::position);
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int byStep = Integer.compare(left.get(i), right.get(i));
      if (byStep != 0) {
        return byStep;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private List<Integer> position(String pointer) {
    List<Integer> position = new ArrayList<>();
    JsonNode node = document;
    for (String part : Pointers.parts(pointer)) {
      int index = node.isArray() && Pointers.isIndex(part) ? Integer.parseInt(part) : -1;
      position.add(index >= 0 ? index : fieldIndex(node, part));
      node = index >= 0 ? node.path(index) : node.path(part);
    }
    return position;
  }

  private static int fieldIndex(JsonNode node, String name) {
    int index = 0;
    for (String field : node.propertyNames()) {
      if (field.equals(name)) {
        break;
      }
      index++;
    }
    return index;
  }
}
