package shoppers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/**
 * One visit of a shopper: looks around, fills the cart, changes their mind, checks out, and what
 * comes after that. Its number and the seed decide what is wanted; answers decide what is done.
 */
final class Visit {
  /** How often a cart that is still locked is tried again, 100 ms apart. */
  private static final int MOST_TRIES = 20;

  /** Between two looks whether a provider that won't say yes or no at once has been asked. */
  private static final Duration BEFORE_THE_WEBHOOK = Duration.ofSeconds(1);

  /** A checkout that crashes on the way comes to its payment late, but not as late as this. */
  private static final int MOST_LOOKS = 300;

  private final Shop shop;
  private final Book book;
  private final Timings checkouts;
  private final List<Product> products;
  private final Shopper shopper;
  private final Random random;
  private final String id;
  private int requests;

  Visit(Simulation.Floor floor, Shopper shopper, long number) {
    this.shop = floor.shop();
    this.book = floor.book();
    this.checkouts = floor.checkouts();
    this.products = floor.products();
    this.shopper = shopper;
    this.random = new Random(floor.plan().seed() * 1_000_003 + number);
    this.id = floor.plan().prefix() + "v" + number;
  }

  /** Runs to its end; an answer that doesn't come ends it early, and is noted. */
  void run() {
    try {
      browse();
      if (chance(15)) {
        return; // just looked
      }
      fill();
      changeMind();
      if (chance(90) && !shopper.cart().isEmpty()) {
        checkOut();
      }
      if (chance(5)) {
        restock();
      }
    } catch (Unanswered e) {
      book.surprise("visit " + id, "an answer", String.valueOf(e.getMessage()));
    }
  }

  private void browse() {
    for (int i = 0; i <= random.nextInt(3); i++) {
      query("inventory", "GET_PRODUCT_STOCK", Map.of("productId", product().id()));
    }
    if (chance(30)) {
      query("cart", "GET_CART", user());
    }
  }

  private void fill() {
    for (int i = 0; i <= random.nextInt(3); i++) {
      Product product = product();
      int quantity = 1 + random.nextInt(3);
      Answer answer = whenUnlocked("ADD_TO_CART", product.added(shopper.userId(), quantity));
      if (answer.accepted()) {
        shopper.added(product, quantity);
        compare(answer);
      }
    }
  }

  private void changeMind() {
    List<String> lines = new ArrayList<>(shopper.cart().keySet());
    if (lines.isEmpty() || chance(60)) {
      return;
    }
    String productId = lines.get(random.nextInt(lines.size()));
    if (chance(60)) {
      int quantity = 1 + random.nextInt(4);
      Answer answer =
          whenUnlocked(
              "UPDATE_CART_ITEM",
              Map.of("userId", shopper.userId(), "productId", productId, "quantity", quantity));
      if (answer.accepted()) {
        shopper.changed(productId, quantity);
        compare(answer);
      }
    } else {
      remove(productId);
    }
  }

  private void remove(String productId) {
    Answer answer =
        whenUnlocked(
            "REMOVE_FROM_CART", Map.of("userId", shopper.userId(), "productId", productId));
    if (answer.accepted()) {
      shopper.removed(productId);
      compare(answer);
    }
  }

  /** The cart that the shop answers with must be the one that the shopper remembers. */
  private void compare(Answer answer) {
    if (!shopper.agrees(answer.data())) {
      book.surprise(
          "cart of " + shopper.userId(),
          shopper.cart() + " for " + shopper.total(),
          Shopper.pieces(answer.data()) + " for " + answer.data().path("total"));
    }
  }

  private void checkOut() {
    Method method = Method.of(random.nextInt(100));
    Map<String, Object> start = new HashMap<>(user());
    start.put("method", method.id());
    String requestId = nextId();
    long begun = System.nanoTime();
    if (method.isPending()) {
      settle(start, requestId);
    }
    Answer answer = shop.send("flow-checkout", "START_CHECKOUT", start, requestId);
    if (!method.isPending()) {
      checkouts.took(System.nanoTime() - begun);
    }
    if (answer.accepted()) {
      bought(answer);
    } else {
      refused(answer);
    }
  }

  private void bought(Answer answer) {
    Bought order =
        new Bought(
            answer.data().path("orderId").asString(""),
            shopper.userId(),
            shopper.cart(),
            shopper.total(),
            Fate.CONFIRMED);
    if (!answer.data().path("status").asString("").equals("confirmed")) {
      book.surprise("checkout " + order.orderId(), "confirmed", answer.body().toString());
    }
    shopper.emptied();
    book.write(order);
    new AfterSales(shop, book, order, random, this::nextId).run();
  }

  private void refused(Answer answer) {
    String reason = answer.reason();
    book.turnedAway(shopper.userId(), reason);
    if (!Reasons.OF_A_CHECKOUT.contains(reason)) {
      book.surprise("checkout of " + shopper.userId(), "an order or a reason", answer.sentence());
    } else if (reason.equals(Reasons.OUT_OF_STOCK) && chance(70)) {
      List.copyOf(shopper.cart().keySet()).forEach(this::remove);
    }
  }

  /** Starts the checkout, and does what the provider does once it was asked for the money. */
  private void settle(Map<String, Object> start, String requestId) {
    String outcome = chance(70) ? "captured" : "declined";
    boolean open = true;
    for (int i = 0; open && i < MOST_LOOKS; i++) {
      Answer early =
          shop.send("flow-checkout", "START_CHECKOUT", start, requestId, BEFORE_THE_WEBHOOK);
      open = early.status() == 504 && !told(outcome);
    }
  }

  /** Whether a payment waited for its webhook, which it now has. */
  private boolean told(String outcome) {
    String orderId = query("cart", "GET_CART", user()).data().path("orderId").asString("");
    Answer payment = query("payment", "GET_ORDER_PAYMENT", Map.of("orderId", orderId));
    JsonNode attempt = payment.data().at("/attempts/0");
    if (!attempt.path("status").asString("").equals("pending")) {
      return false;
    }
    Map<String, Object> word = new HashMap<>(user());
    word.put("orderId", orderId);
    word.put("transactionId", attempt.path("transactionId").asString(""));
    word.put("outcome", outcome);
    word.put("amount", payment.data().path("authorised").decimalValue());
    word.put("currency", "EUR");
    return shop.send("payment", "PAYMENT_WEBHOOK", word, nextId()).accepted();
  }

  private void restock() {
    String productId = product().id();
    int pieces = 10 + random.nextInt(30);
    Map<String, Object> change = Map.of("productId", productId, "change", pieces);
    if (shop.send("inventory", "UPDATE_STOCK", change, nextId()).accepted()) {
      book.delivered(productId, pieces);
    }
  }

  /** The last checkout may still be on its way out of the cart; another try is another request. */
  private Answer whenUnlocked(String event, Map<String, ?> payload) {
    Answer answer = shop.send("cart", event, payload, nextId());
    for (int i = 0; i < MOST_TRIES && answer.reason().equals(Reasons.CART_LOCKED); i++) {
      Shop.rest();
      answer = shop.send("cart", event, payload, nextId());
    }
    return answer;
  }

  private Answer query(String actor, String event, Map<String, ?> payload) {
    return shop.query(actor, event, payload);
  }

  private Map<String, Object> user() {
    return Map.of("userId", shopper.userId());
  }

  /** Some are wanted much more than others. */
  private Product product() {
    double where = random.nextDouble();
    return products.get((int) (where * where * products.size()));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private String nextId() {
    return id + "-" + requests++;
  }
}
