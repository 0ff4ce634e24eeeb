package shoppers;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What the shop has acknowledged: the shopper's side of the books. Nothing is written down that
 * wasn't answered, so that it can be held against what the shop says afterwards. Thread-safe.
 */
final class Book {
  private final Map<String, Integer> delivered = new ConcurrentHashMap<>();
  private final Map<String, Bought> orders = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Integer>> refused = new ConcurrentHashMap<>();
  private final Queue<Difference> surprises = new ConcurrentLinkedQueue<>();

  /** Pieces of a product have come to the shelves. */
  void delivered(String productId, int pieces) {
    delivered.merge(productId, pieces, Integer::sum);
  }

  /** A checkout came through, or an order has come further. */
  void write(Bought order) {
    orders.put(order.orderId(), order);
  }

  /** A checkout came to nothing. */
  void turnedAway(String userId, String reason) {
    refused
        .computeIfAbsent(userId, user -> new ConcurrentHashMap<>())
        .merge(reason, 1, Integer::sum);
  }

  /** An answer that was wrong in itself, or never came. */
  void surprise(String what, String expected, String found) {
    surprises.add(new Difference(what, expected, found));
  }

  /** Pieces that came to the shelves, by product. */
  Map<String, Integer> delivered() {
    return delivered;
  }

  Map<String, Bought> orders() {
    return orders;
  }

  /** How many of a user's checkouts were refused for this reason. */
  int refused(String userId, String reason) {
    return refused.getOrDefault(userId, Map.of()).getOrDefault(reason, 0);
  }

  /** How many checkouts were refused, whatever for. */
  int refusals() {
    return refused.values().stream()
        .flatMap(reasons -> reasons.values().stream())
        .mapToInt(Integer::intValue)
        .sum();
  }

  List<Difference> surprises() {
    return List.copyOf(surprises);
  }
}
