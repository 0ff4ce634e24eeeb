package shoppers;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What the shop says of itself at one moment.
 *
 * @param stock the state of each product's inventory
 * @param orders of every user, by id
 * @param payments of every order, by its id; missing where nothing was paid
 * @param bills what billing holds: users' accounts, and series of numbers
 * @param carts of every user
 */
record Found(
    Map<String, JsonNode> stock,
    Map<String, JsonNode> orders,
    Map<String, JsonNode> payments,
    Map<String, JsonNode> bills,
    Map<String, JsonNode> carts) {

  /** Asks for all of it. */
  static Found in(Shop shop, Collection<Product> products, Collection<Shopper> shoppers) {
    List<String> users = shoppers.stream().map(Shopper::userId).toList();
    Map<String, JsonNode> orders = new LinkedHashMap<>();
    Parallel.each(users, user -> orders(shop, user))
        .forEach(some -> some.forEach(each -> orders.put(each.path("orderId").asString(""), each)));
    return new Found(
        states(shop, "inventory", products.stream().map(Product::id).toList()),
        orders,
        states(shop, "payment", orders.keySet()),
        states(shop, "billing", keys(shop, "billing")),
        states(shop, "cart", users));
  }

  private static List<JsonNode> orders(Shop shop, String userId) {
    List<JsonNode> orders = new ArrayList<>();
    Map<String, Object> payload = new HashMap<>(Map.of("userId", userId, "limit", 200));
    JsonNode page;
    do {
      page = shop.query("order", "GET_USER_ORDERS", payload).data();
      page.path("items").forEach(orders::add);
      payload.put("after", page.path("next").asString(""));
    } while (page.has("next"));
    return orders;
  }

  private static List<String> keys(Shop shop, String actor) {
    List<String> keys = new ArrayList<>();
    String path = "/api/actors/" + actor + "?limit=1000";
    while (!path.isEmpty()) {
      JsonNode page = shop.get(path).body();
      page.path("instances").forEach(each -> keys.add(each.path("key").asString("")));
      path = page.path("next").asString("");
    }
    return keys;
  }

  private static Map<String, JsonNode> states(Shop shop, String actor, Collection<String> keys) {
    List<String> list = List.copyOf(keys);
    List<JsonNode> states =
        Parallel.each(
            list,
            key -> shop.get("/api/actors/" + actor + "/" + Shop.escape(key)).body().path("state"));
    Map<String, JsonNode> byKey = new LinkedHashMap<>();
    for (int i = 0; i < list.size(); i++) {
      byKey.put(list.get(i), states.get(i));
    }
    return byKey;
  }

  /** A decimal of a document; zero where it isn't there. */
  static BigDecimal amount(JsonNode document, String field) {
    return document.path(field).decimalValue(BigDecimal.ZERO);
  }

  /** What was taken for an order. */
  BigDecimal captured(String orderId) {
    return amount(payment(orderId), "captured");
  }

  /** What was given back of it. */
  BigDecimal refunded(String orderId) {
    return amount(payment(orderId), "refunded");
  }

  private JsonNode payment(String orderId) {
    return payments.getOrDefault(orderId, tools.jackson.databind.node.MissingNode.getInstance());
  }
}
