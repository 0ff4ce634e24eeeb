package shoppers;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Something that the shop sells.
 *
 * @param id its key in the inventory
 * @param name what people call it
 * @param price of a piece, in euros
 */
record Product(String id, String name, BigDecimal price) {
  private static final List<String> MATERIALS =
      List.of("Oak", "Walnut", "Linen", "Wool", "Steel", "Copper", "Cork", "Ceramic", "Glass");

  private static final List<String> THINGS =
      List.of(
          "Desk", "Lamp", "Chair", "Shelf", "Rug", "Blanket", "Teapot", "Mug", "Bowl", "Vase",
          "Mirror", "Stool", "Clock");

  /** Names that don't repeat within 117 products. */
  static Product number(int number, String idPrefix) {
    String material = MATERIALS.get(number % MATERIALS.size());
    String thing = THINGS.get(number % THINGS.size());
    int round = number / (MATERIALS.size() * THINGS.size());
    String name = material + " " + thing + (round == 0 ? "" : " " + (round + 1));
    String id = idPrefix + name.toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
    return new Product(id, name, price(number));
  }

  static List<Product> numbered(int count, String idPrefix) {
    return IntStream.range(0, count).mapToObj(number -> number(number, idPrefix)).toList();
  }

  // 4.90 to 399.90, spread so that neighbours differ
  private static BigDecimal price(int number) {
    return BigDecimal.valueOf(490L + (number * 3_700L) % 39_500L, 2);
  }

  /** As the cart wants it. */
  Map<String, Object> added(String userId, int quantity) {
    return Map.of(
        "userId", userId,
        "productId", id,
        "name", name,
        "quantity", quantity,
        "price", price,
        "currency", "EUR");
  }

  /** As the order wants it. */
  Map<String, Object> line(int quantity) {
    return Map.of("productId", id, "name", name, "quantity", quantity, "price", price);
  }
}
