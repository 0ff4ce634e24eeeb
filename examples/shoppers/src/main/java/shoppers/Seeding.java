package shoppers;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Fills a shop by what anybody could send it. Every request has an id that follows from the seed,
 * so a second run, or one that goes on after a crash, changes nothing that is done. Not
 * thread-safe.
 */
final class Seeding {
  /** How much of a shop, and which one. */
  record Size(int products, int users, long seed) {}

  private final Requests requests;
  private final Size size;
  private final Progress progress;
  private final Random random;
  private final List<Product> products;
  private final Map<String, Integer> orders = new TreeMap<>();
  private int carts;

  Seeding(Shop shop, Size size, Progress progress) {
    this.requests = new Requests(shop, "seed-" + size.seed());
    this.size = size;
    this.progress = progress;
    this.random = new Random(size.seed());
    this.products = Product.numbered(size.products(), "");
  }

  Seeded run() {
    for (int i = 0; i < products.size(); i++) {
      progress.show("products  " + (i + 1) + " of " + products.size());
      stock(products.get(i), i);
    }
    products.forEach(product -> requests.untilThere("inventory", product.id()));
    for (int i = 0; i < size.users(); i++) {
      progress.show("users and their orders  " + (i + 1) + " of " + size.users());
      user(i);
    }
    return new Seeded(
        products.size(), size.users(), carts, orders, requests.news(), requests.refusals());
  }

  /** The last product is sold out, the one before it nearly. */
  private void stock(Product product, int number) {
    int pieces = 20 + random.nextInt(180);
    int left = products.size() - number;
    int stock = left == 1 ? 0 : left == 2 ? 3 : pieces;
    requests.send("inventory", "UPDATE_STOCK", Map.of("productId", product.id(), "stock", stock));
    requests.send(
        "inventory",
        "SET_PRICE",
        Map.of("productId", product.id(), "price", product.price(), "currency", "EUR"));
    requests.send(
        "inventory", "SET_LOW_STOCK_THRESHOLD", Map.of("productId", product.id(), "threshold", 5));
  }

  private void user(int number) {
    Person person = Person.number(number);
    boolean marketing = random.nextInt(3) == 0;
    Map<String, Object> registration = new LinkedHashMap<>();
    registration.put("email", person.email());
    registration.put("name", person.name());
    registration.put("marketing", marketing);
    Answer registered = requests.send("user", "REGISTER_USER", registration);
    String userId = registered.data().path("userId").asString("");
    if (!userId.isEmpty()) {
      admit(userId, registration);
      shop(userId, number);
    }
  }

  /** Nobody here can read the mail with the link, so the account is opened as its claim would. */
  private void admit(String userId, Map<String, Object> registration) {
    Map<String, Object> admission = new LinkedHashMap<>(registration);
    admission.put("userId", userId);
    admission.put("sessionId", uuid("session/" + userId));
    admission.put("right", true);
    requests.send("user", "ADMIT_USER", admission);
    Map<String, Object> address =
        Map.of(
            "addressId",
            "home",
            "recipient",
            String.valueOf(registration.get("name")),
            "street",
            (1 + random.nextInt(90)) + " Market Street",
            "postalCode",
            String.valueOf(10_000 + random.nextInt(89_999)),
            "city",
            "Springfield",
            "country",
            "DE");
    requests.send("user", "ADD_ADDRESS", Map.of("userId", userId, "address", address));
    requests.send(
        "payment", "ADD_PAYMENT_METHOD", Map.of("userId", userId, "method", "pm_card_visa"));
  }

  /** Two of three have ordered something, the others are still looking. */
  private void shop(String userId, int number) {
    Map<Product, Integer> chosen = choose();
    Stage stage = Stage.of(number - number / 3);
    if (number % 3 == 2) {
      fill(userId, chosen);
      carts++;
    } else if (stage.isBought()) {
      fill(userId, chosen);
      SeededOrder order = new SeededOrder(requests, userId, checkOut(userId));
      order.bring(stage);
      count(order);
    } else if (stage == Stage.REJECTED) {
      fill(userId, Map.of(products.get(products.size() - 1), 1));
      count(new SeededOrder(requests, userId, checkOut(userId)));
      carts++;
    } else {
      SeededOrder order = new SeededOrder(requests, userId, uuid("order/" + number));
      order.begin(stage, chosen);
      count(order);
    }
  }

  private void count(SeededOrder order) {
    orders.merge(requests.status(order.orderId()), 1, Integer::sum);
  }

  /** Two or three products, never of the last two. */
  private Map<Product, Integer> choose() {
    Map<Product, Integer> chosen = new LinkedHashMap<>();
    int count = 2 + random.nextInt(2);
    while (chosen.size() < Math.min(count, products.size() - 2)) {
      chosen.put(products.get(random.nextInt(products.size() - 2)), 1 + random.nextInt(2));
    }
    return chosen;
  }

  private void fill(String userId, Map<Product, Integer> chosen) {
    chosen.forEach(
        (product, quantity) ->
            requests.send("cart", "ADD_TO_CART", product.added(userId, quantity)));
  }

  /**
   * Checks the cart out and returns the order's id. The cart is asked first, as the flow will: its
   * recorded answer names this order whatever the user has bought since.
   */
  private String checkOut(String userId) {
    JsonNode cart = requests.send("cart", "CHECKOUT_CART", Map.of("userId", userId)).data();
    String orderId = cart.path("orderId").asString("");
    if (!requests.isKnown("order", orderId)) {
      requests.attempt("flow-checkout", "START_CHECKOUT", Map.of("userId", userId));
    }
    return orderId;
  }

  private String uuid(String name) {
    byte[] bytes = (size.seed() + "/" + name).getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(bytes).toString();
  }
}
