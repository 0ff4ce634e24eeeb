package shoppers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Every order that was acknowledged is there, in the state it was left in, and there is no other.
 */
final class OrderCheck {
  private OrderCheck() {}

  /** One line for each state. */
  static List<Check> of(Book book, Found found, Collection<Shopper> shoppers) {
    List<Difference> differences = new ArrayList<>(ofBought(book, found));
    differences.addAll(ofRefused(book, found, shoppers));
    Map<String, Integer> expected = expected(book, shoppers);
    Map<String, Integer> there = new TreeMap<>();
    found.orders().values().forEach(order -> there.merge(status(order), 1, Integer::sum));
    List<Check> checks = new ArrayList<>();
    TreeSet<String> states = new TreeSet<>(expected.keySet());
    states.addAll(there.keySet());
    for (String state : states) {
      List<Difference> own =
          differences.stream().filter(each -> each.expected().equals(state)).toList();
      checks.add(check(state, expected, there, own));
      differences.removeAll(own);
    }
    if (!differences.isEmpty()) {
      checks.add(new Check("orders: others", "none", differences.size() + "", differences));
    }
    return checks;
  }

  private static Check check(
      String state,
      Map<String, Integer> expected,
      Map<String, Integer> found,
      List<Difference> differences) {
    return new Check(
        "orders " + state,
        String.valueOf(expected.getOrDefault(state, 0)),
        String.valueOf(found.getOrDefault(state, 0)),
        differences);
  }

  private static Map<String, Integer> expected(Book book, Collection<Shopper> shoppers) {
    Map<String, Integer> expected = new HashMap<>();
    book.orders().values().forEach(order -> expected.merge(order.fate().status(), 1, Integer::sum));
    for (Shopper shopper : shoppers) {
      add(expected, "rejected", book.refused(shopper.userId(), Reasons.OUT_OF_STOCK));
      add(expected, "cancelled", book.refused(shopper.userId(), Reasons.PAYMENT_DECLINED));
    }
    return expected;
  }

  private static void add(Map<String, Integer> counts, String state, int count) {
    if (count > 0) {
      counts.merge(state, count, Integer::sum);
    }
  }

  private static List<Difference> ofBought(Book book, Found found) {
    List<Difference> differences = new ArrayList<>();
    for (Bought order : book.orders().values()) {
      JsonNode there = found.orders().get(order.orderId());
      String what = "order " + order.orderId();
      String status = there == null ? "no such order" : status(there);
      if (!order.fate().status().equals(status)) {
        differences.add(new Difference(what, order.fate().status(), status));
      } else if (there != null && !order.pieces().equals(pieces(there))) {
        differences.add(
            new Difference(what, String.valueOf(order.pieces()), String.valueOf(pieces(there))));
      }
    }
    return differences;
  }

  /** A refused checkout leaves one order that is over, so that everybody can see what happened. */
  private static List<Difference> ofRefused(Book book, Found found, Collection<Shopper> shoppers) {
    Map<String, Map<String, Integer>> others = new HashMap<>();
    for (Map.Entry<String, JsonNode> order : found.orders().entrySet()) {
      if (!book.orders().containsKey(order.getKey())) {
        others
            .computeIfAbsent(order.getValue().path("userId").asString(""), user -> new TreeMap<>())
            .merge(status(order.getValue()), 1, Integer::sum);
      }
    }
    List<Difference> differences = new ArrayList<>();
    for (Shopper shopper : shoppers) {
      Map<String, Integer> expected = new TreeMap<>();
      add(expected, "rejected", book.refused(shopper.userId(), Reasons.OUT_OF_STOCK));
      add(expected, "cancelled", book.refused(shopper.userId(), Reasons.PAYMENT_DECLINED));
      Map<String, Integer> there = others.getOrDefault(shopper.userId(), Map.of());
      if (!expected.equals(there)) {
        differences.add(
            new Difference(
                "orders of " + shopper.userId() + " that came to nothing",
                String.valueOf(expected),
                String.valueOf(there)));
      }
    }
    return differences;
  }

  private static Map<String, Integer> pieces(JsonNode order) {
    Map<String, Integer> pieces = new HashMap<>();
    for (JsonNode line : order.path("lines")) {
      pieces.merge(
          line.path("productId").asString(""), line.path("quantity").asInt(0), Integer::sum);
    }
    return pieces;
  }

  private static String status(JsonNode order) {
    return order.path("status").asString("");
  }
}
