package shoppers;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** Gets a shop ready for a simulation: products of its own on the shelves, users of its own. */
record Opening(Plan plan, Shop shop, Book book) {
  /** Enough that most get what they want, little enough that some don't. */
  private static final int PIECES = 120;

  /** The products, once their stock is there. */
  List<Product> products() {
    List<Product> products = Product.numbered(plan.products(), plan.prefix());
    Parallel.each(products, this::stock);
    products.forEach(this::awaitStock);
    return products;
  }

  private Answer stock(Product product) {
    Map<String, Object> price =
        Map.of("productId", product.id(), "price", product.price(), "currency", "EUR");
    accepted("inventory", "SET_PRICE", price, product.id() + "-price");
    book.delivered(product.id(), PIECES);
    Map<String, Object> stock = Map.of("productId", product.id(), "stock", PIECES);
    return accepted("inventory", "UPDATE_STOCK", stock, product.id() + "-stock");
  }

  private void awaitStock(Product product) {
    Map<String, Object> want = Map.of("productId", product.id(), "quantity", 1);
    while (!shop.query("inventory", "CHECK_STOCK", want)
        .data()
        .path("sufficient")
        .asBoolean(false)) {
      Shop.rest();
    }
  }

  /** The users, registered. */
  List<Shopper> shoppers() {
    List<Integer> numbers = IntStream.range(0, plan.users()).boxed().toList();
    return Parallel.each(numbers, this::shopper);
  }

  private Shopper shopper(int number) {
    String name = plan.prefix() + number;
    Map<String, Object> registration =
        Map.of("email", name + "@example.com", "name", Person.number(number).name());
    Answer registered = accepted("user", "REGISTER_USER", registration, name + "-register");
    String userId = registered.data().path("userId").asString("");
    Map<String, Object> admission =
        Map.of(
            "userId",
            userId,
            "email",
            name + "@example.com",
            "name",
            Person.number(number).name(),
            "marketing",
            false,
            "sessionId",
            UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
            "right",
            true);
    accepted("user", "ADMIT_USER", admission, name + "-admit");
    return new Shopper(userId);
  }

  private Answer accepted(String actor, String event, Map<String, ?> payload, String requestId) {
    Answer answer = shop.send(actor, event, payload, requestId);
    if (!answer.accepted()) {
      throw new IllegalStateException(event + " was refused, " + answer.sentence());
    }
    return answer;
  }
}
