package shop;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.Relay;
import dev.relay.RelayBuilder;
import dev.relay.Reply;
import dev.relay.embedded.EmbeddedPostgres;
import dev.relay.failure.RelayException;
import dev.relay.message.ActorAddress;
import dev.relay.message.Json;
import dev.relay.node.InstanceState;
import dev.relay.store.DeadLetterFilter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assertions;
import shop.payment.Payments;
import tools.jackson.databind.JsonNode;

/**
 * The whole shop with its flows on a Postgres of its own, for tests: what people do with it, and
 * time that passes when it is told to.
 */
final class Shop implements AutoCloseable {
  private static final BigDecimal PRICE = new BigDecimal("29.99");

  private final EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
  private final Path flows;
  private final Relay relay;

  Shop() {
    this(node -> node);
  }

  /**
   * @param more what is different with this shop's node
   */
  Shop(UnaryOperator<RelayBuilder> more) {
    this(Path.of("flows"), more);
  }

  /**
   * @param flows a folder in the place of the shop's own
   */
  Shop(Path flows, UnaryOperator<RelayBuilder> more) {
    this.flows = flows;
    relay = more.apply(another()).start();
  }

  /** Another node of this shop, which wants its Postgres. */
  RelayBuilder node() {
    return Relay.builder()
        .actors(Path.of("actors"))
        .flows(flows)
        .clock(() -> Instant.now().plus(ahead.get()))
        .actor(Payments.inSandbox(Path.of("target", "outbox")));
  }

  /** One more, with all actors. */
  RelayBuilder another() {
    return node().postgres(url(), postgres.user(), postgres.password());
  }

  private String url() {
    return postgres.jdbcUrl();
  }

  EmbeddedPostgres postgres() {
    return postgres;
  }

  Relay relay() {
    return relay;
  }

  /** Timers that come due by then fire within a second. */
  void pass(Duration time) {
    ahead.updateAndGet(before -> before.plus(time));
  }

  void stock(String product, int pieces) {
    relay.tell("inventory", "UPDATE_STOCK", Map.of("productId", product, "stock", pieces));
    awaitStock(product, pieces, 0);
  }

  void awaitStock(String product, int stock, int reserved) {
    eventually(
        () -> {
          JsonNode known = ask("inventory", "GET_PRODUCT_STOCK", Map.of("productId", product));
          assertThat(known.at("/stock").intValue()).isEqualTo(stock);
          assertThat(known.at("/reserved").intValue()).isEqualTo(reserved);
        });
  }

  /** Puts pieces at 29.99 EUR into a cart. */
  void fill(String user, String product, int quantity) {
    ask(
        "cart",
        "ADD_TO_CART",
        Map.of(
            "userId", user,
            "productId", product,
            "name", "A " + product,
            "quantity", quantity,
            "price", PRICE));
  }

  /** Fills a cart from a full shelf and checks it out; answers with the order's id. */
  String buy(String user, String product, int quantity) {
    stock(product, quantity);
    fill(user, product, quantity);
    return checkOut(user, Map.of()).at("/orderId").stringValue();
  }

  JsonNode checkOut(String user, Map<String, Object> more) {
    Map<String, Object> payload = new HashMap<>(more);
    payload.put("userId", user);
    return ask("flow-checkout", "START_CHECKOUT", payload);
  }

  void dispatch(String order) {
    ask(
        "shipping",
        "DISPATCH_SHIPMENT",
        Map.of("shipmentId", order, "carrier", "Post", "trackingId", "T-" + order));
  }

  void deliver(String order) {
    carrierSays(order, "delivered");
    awaitOrder(order, "delivered");
  }

  void carrierSays(String order, String status) {
    Map<String, Object> update = Map.of("at", Instant.now().toString(), "status", status);
    ask("shipping", "CARRIER_UPDATE", Map.of("shipmentId", order, "update", update));
  }

  JsonNode order(String order) {
    return ask("order", "GET_ORDER", Map.of("orderId", order));
  }

  JsonNode ordersOf(String user) {
    return ask("order", "GET_USER_ORDERS", Map.of("userId", user));
  }

  void awaitOrder(String order, String status) {
    eventually(() -> assertThat(order(order).at("/status").asString()).isEqualTo(status));
  }

  JsonNode payment(String order) {
    return ask("payment", "GET_ORDER_PAYMENT", Map.of("orderId", order));
  }

  JsonNode parcel(String order) {
    return ask("shipping", "TRACK_SHIPMENT", Map.of("orderId", order));
  }

  /** The invoice of an order, and the credit notes for it, once all of them have numbers. */
  JsonNode papers(String user, String order) {
    Map<String, Object> which = Map.of("userId", user, "orderId", order);
    return await()
        .atMost(60, SECONDS)
        .ignoreException(RelayException.class)
        .until(() -> ask("billing", "GET_INVOICE", which), Shop::isFinal);
  }

  private static boolean isFinal(JsonNode papers) {
    return papers.at("/invoice").has("number")
        && papers.at("/creditNotes").valueStream().allMatch(note -> note.has("number"));
  }

  JsonNode cart(String user) {
    return ask("cart", "GET_CART", Map.of("userId", user));
  }

  /** Gives a user an address, and says whether they want advertisements. */
  void address(String user, String email, boolean marketing) {
    ask(
        "notification",
        "UPDATE_NOTIFICATION_PREFERENCES",
        Map.of("userId", user, "email", email, "marketing", marketing));
  }

  /** What became of the messages of one template to a user: {@code sent}, {@code suppressed}. */
  List<String> mails(String user, String template) {
    return ask("notification", "GET_NOTIFICATIONS", Map.of("userId", user))
        .at("/notices")
        .valueStream()
        .filter(notice -> notice.at("/template").asString().equals(template))
        .map(notice -> notice.at("/status").asString())
        .toList();
  }

  /** Whether everything that was sent to an instance has been dealt with. */
  boolean hasHeardAll(String actor, String key) {
    String sql = "SELECT 1 FROM relay.deliveries WHERE actor = ? AND key = ?";
    try (Connection connection =
            DriverManager.getConnection(url(), postgres.user(), postgres.password());
        PreparedStatement owed = connection.prepareStatement(sql)) {
      owed.setString(1, actor);
      owed.setString(2, key);
      return !owed.executeQuery().next();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What an instance was sent that used up its attempts. */
  long deadLetters(String actor, String key) {
    return relay.deadLetters().count(DeadLetterFilter.ALL.ofActor(actor).ofKey(key));
  }

  /** How many messages of a type an actor has taken. */
  long journal(String actor, String type) {
    String sql = "SELECT count(*) FROM relay.journal WHERE actor = ? AND message ->> 'type' = ?";
    try (Connection connection =
            DriverManager.getConnection(url(), postgres.user(), postgres.password());
        PreparedStatement taken = connection.prepareStatement(sql)) {
      taken.setString(1, actor);
      taken.setString(2, type);
      ResultSet row = taken.executeQuery();
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The state of a flow's run; an empty object where there is none. */
  JsonNode run(String flow, String key) {
    return relay
        .instance(new ActorAddress("flow-" + flow, key))
        .map(InstanceState::state)
        .orElse(Json.mapper().createObjectNode());
  }

  void awaitRun(String flow, String key, String status) {
    eventually(() -> assertThat(run(flow, key).path("status").asString("")).isEqualTo(status));
  }

  /** A run that waits at this step: what comes next, it hears. */
  void awaitStep(String flow, String key, String step) {
    eventually(
        () -> {
          assertThat(run(flow, key).path("status").asString("")).isEqualTo("waiting");
          assertThat(run(flow, key).path("at").asString("")).isEqualTo(step);
        });
  }

  JsonNode ask(String actor, String event, Map<String, Object> payload) {
    JsonNode data = reply(actor, event, payload).data();
    assertThat(data).isNotNull();
    return data;
  }

  Reply reply(String actor, String event, Map<String, Object> payload) {
    try {
      return relay.askAsync(actor, event, payload).join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RelayException known ? known : failure;
    }
  }

  /** The word of a refusal. */
  static RelayException refusal(ThrowingCallable doing) {
    return Assertions.assertThrows(RelayException.class, doing::call);
  }

  static void eventually(Runnable assertion) {
    await().atMost(60, SECONDS).ignoreException(RelayException.class).untilAsserted(assertion::run);
  }

  @Override
  public void close() {
    relay.close();
    postgres.close();
  }
}
