package shop;

import dev.relay.Relay;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import shop.cart.Cart;

/** The application of the README: what stands between the marks is printed there, word by word. */
final class Embedding {
  private Embedding() {}

  static void run(String url, String user, String password) {
    // readme
    try (Relay relay =
        Relay.builder().postgres(url, user, password).actors(Path.of("actors")).start()) {
      relay.subscribe("ITEM_*", event -> System.out.println(event.type() + " " + event.payload()));

      relay.tell("inventory", "UPDATE_STOCK", Map.of("productId", "prod456", "stock", 10));

      Map<String, Object> item =
          Map.of(
              "userId", "user123",
              "productId", "prod456",
              "quantity", 2,
              "price", new BigDecimal("29.99"),
              "name", "Example Product");
      Cart cart = relay.ask("cart", "ADD_TO_CART", item).as(Cart.class);
      System.out.println(cart.basket().total()); // 59.98
    }
    // end
  }
}
