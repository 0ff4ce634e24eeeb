package shoppers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What came to the shelves less what was sold is there, and nothing is held for nobody. */
final class StockCheck {
  private StockCheck() {}

  static List<Check> of(Book book, Found found) {
    Map<String, Integer> expected = new HashMap<>(book.delivered());
    for (Bought order : book.orders().values()) {
      if (!order.fate().isUndone()) {
        order.pieces().forEach((product, sold) -> expected.merge(product, -sold, Integer::sum));
      }
    }
    return List.of(onTheShelves(expected, found), held(found));
  }

  private static Check onTheShelves(Map<String, Integer> expected, Found found) {
    List<Difference> differences = new ArrayList<>();
    int sumExpected = 0;
    int sumFound = 0;
    for (Map.Entry<String, JsonNode> product : found.stock().entrySet()) {
      int wanted = expected.getOrDefault(product.getKey(), 0);
      int there = product.getValue().path("stock").asInt(-1);
      sumExpected += wanted;
      sumFound += there;
      if (wanted != there) {
        differences.add(difference("stock of " + product.getKey(), wanted, there));
      }
    }
    return new Check(
        "stock: delivered - sold", sumExpected + " pieces", sumFound + " pieces", differences);
  }

  /** Every checkout is over, so nothing may be reserved any more. */
  private static Check held(Found found) {
    List<Difference> differences = new ArrayList<>();
    int sum = 0;
    for (Map.Entry<String, JsonNode> product : found.stock().entrySet()) {
      JsonNode state = product.getValue();
      int reserved = state.path("reserved").asInt(-1);
      int live = 0;
      for (JsonNode held : state.path("reservations")) {
        live += held.path("quantity").asInt(0);
      }
      sum += reserved;
      if (reserved != live) {
        differences.add(difference("reserved of " + product.getKey(), live, reserved));
      }
      if (reserved != 0) {
        differences.add(difference("reserved of " + product.getKey(), 0, reserved));
      }
    }
    return new Check("stock: reserved", "0 pieces", sum + " pieces", differences);
  }

  private static Difference difference(String what, int expected, int found) {
    return new Difference(what, String.valueOf(expected), String.valueOf(found));
  }
}
