package shoppers;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Somebody who shops, and remembers what is in their cart. In one visit at a time, so not
 * thread-safe.
 */
final class Shopper {
  private final String userId;
  private final Map<String, Product> known = new LinkedHashMap<>();
  private final Map<String, Integer> cart = new LinkedHashMap<>();

  Shopper(String userId) {
    this.userId = userId;
  }

  String userId() {
    return userId;
  }

  /** What is in the cart, by product. */
  Map<String, Integer> cart() {
    return cart;
  }

  void added(Product product, int quantity) {
    known.put(product.id(), product);
    cart.merge(product.id(), quantity, Integer::sum);
  }

  void changed(String productId, int quantity) {
    cart.put(productId, quantity);
  }

  void removed(String productId) {
    cart.remove(productId);
  }

  void emptied() {
    cart.clear();
  }

  /** What all of it costs. */
  BigDecimal total() {
    return cart.entrySet().stream()
        .map(line -> price(line.getKey()).multiply(BigDecimal.valueOf(line.getValue())))
        .reduce(new BigDecimal("0.00"), BigDecimal::add);
  }

  private BigDecimal price(String productId) {
    Product product = known.get(productId);
    return product == null ? BigDecimal.ZERO : product.price();
  }

  /** Whether the shop's cart has just what this one has. */
  boolean agrees(JsonNode shopsCart) {
    return pieces(shopsCart).equals(cart)
        && shopsCart.path("total").decimalValue(BigDecimal.ZERO).compareTo(total()) == 0;
  }

  /** The quantities of a cart as the shop tells it. */
  static Map<String, Integer> pieces(JsonNode shopsCart) {
    Map<String, Integer> pieces = new LinkedHashMap<>();
    for (JsonNode item : shopsCart.path("items")) {
      pieces.put(item.path("productId").asString(""), item.path("quantity").asInt(0));
    }
    return pieces;
  }
}
