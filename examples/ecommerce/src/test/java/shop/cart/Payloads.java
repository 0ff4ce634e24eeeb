package shop.cart;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** What user123 sends. */
final class Payloads {
  private Payloads() {}

  static Map<String, Object> user() {
    return Map.of("userId", "user123");
  }

  static Map<String, Object> product(String productId) {
    return with(user(), "productId", productId);
  }

  static Map<String, Object> item(String productId, int quantity, String price) {
    return Map.of(
        "userId",
        "user123",
        "productId",
        productId,
        "name",
        "Product " + productId,
        "quantity",
        quantity,
        "price",
        new BigDecimal(price));
  }

  static Map<String, Object> with(Map<String, Object> payload, String field, Object value) {
    Map<String, Object> changed = new HashMap<>(payload);
    changed.put(field, value);
    return changed;
  }
}
