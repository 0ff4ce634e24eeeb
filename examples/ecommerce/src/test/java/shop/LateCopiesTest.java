package shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.testkit.TestActor;
import dev.relay.testkit.TestTurn;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import shop.billing.BillingActor;
import shop.cart.CartActor;
import shop.inventory.InventoryActor;
import shop.order.OrderActor;
import shop.payment.Payments;
import tools.jackson.databind.JsonNode;

/**
 * What arrives three times leads where it leads when it arrives once: each original in its place,
 * as one sender's messages stay in order, and two copies of it at any time after that.
 */
class LateCopiesTest {
  private static final Path ACTORS = Path.of("actors");

  @TempDir static Path outbox;

  /** A message, as often as it comes. */
  private record Sent(String event, Object payload) {}

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void an_order_comes_as_far_as_it_would(long seed) {
    TestActor order = TestActor.of(ACTORS, "order", new OrderActor());
    List<Sent> story =
        List.of(
            new Sent("CREATE_ORDER", of("userId", "u1", "currency", "EUR", "lines", lines())),
            new Sent("STOCK_RESERVED", reserved("a")),
            new Sent("STOCK_RESERVED", reserved("b")),
            new Sent("PAYMENT_PROCESSED", paid("25.00")),
            new Sent("CONFIRM_ORDER", of("amount", new BigDecimal("25.00"))),
            new Sent("ORDER_SHIPPED", of("shipmentId", "o1", "userId", "u1")),
            new Sent("DELIVERY_CONFIRMED", delivered()),
            new Sent("REQUEST_RETURN", of()),
            new Sent("RECEIVE_RETURN", of()));

    JsonNode end = told(order, withCopies(story, seed)).when("GET_ORDER", of()).reply();

    assertThat(end).isEqualTo(told(order, story).when("GET_ORDER", of()).reply());
    assertThat(end.at("/status").stringValue()).isEqualTo("returned");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_cart_that_came_back_is_not_taken_for_the_order_it_was_to_become(long seed) {
    TestActor carts = TestActor.of(ACTORS, "cart", new CartActor());
    Map<String, Object> user = Map.of("userId", "u1");
    Map<String, Object> lamp =
        Map.of("userId", "u1", "productId", "a", "name", "A lamp", "quantity", 1, "price", 10);
    TestTurn locked = carts.when("ADD_TO_CART", lamp).when("CHECKOUT_CART", user);
    String first = locked.state().at("/orderId").stringValue();
    TestTurn again = locked.when("PAYMENT_FAILED", failed(first)).when("CHECKOUT_CART", user);
    String second = again.state().at("/orderId").stringValue();
    List<Sent> story =
        List.of(
            new Sent("PAYMENT_FAILED", failed(first)),
            new Sent("STOCK_INSUFFICIENT", tooLittle(first)),
            new Sent("ORDER_CREATED", created(first)),
            new Sent("ORDER_CREATED", created(second)));

    JsonNode end = told(again, withCopies(story, seed)).when("GET_CART", user).reply();

    assertThat(end.at("/status").stringValue()).isEqualTo("ordered");
    assertThat(end.at("/orderId").stringValue()).isEqualTo(second);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_payment_is_taken_once_and_given_back_once(long seed) {
    TestActor payments =
        TestActor.of(ACTORS, "payment", Payments.inSandbox(outbox))
            .answering("order", "GET_ORDER_STATUS", of("status", "confirmed"));
    Map<String, Object> charge =
        of("userId", "u1", "amount", 25, "currency", "EUR", "method", "pm_sandbox_pending");
    String transaction =
        payments.when("PROCESS_PAYMENT", charge).state().at("/attempts/0/transactionId").asString();
    Map<String, Object> webhook = new HashMap<>(paid("25.00"));
    webhook.put("transactionId", transaction);
    webhook.put("outcome", "captured");
    List<Sent> story =
        List.of(
            new Sent("PROCESS_PAYMENT", charge),
            new Sent("PAYMENT_WEBHOOK", webhook),
            new Sent("RECONCILE_PAYMENT", of()),
            new Sent("REFUND_PAYMENT", of("reason", "sent back")));

    JsonNode end = told(payments, withCopies(story, seed)).when("GET_ORDER_PAYMENT", of()).reply();

    assertThat(end).isEqualTo(told(payments, story).when("GET_ORDER_PAYMENT", of()).reply());
    assertThat(end.at("/attempts")).hasSize(1);
    assertThat(end.at("/refunds")).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void what_is_sold_is_sold_once_and_what_is_released_comes_back_once(long seed) {
    TestActor inventory = TestActor.of(ACTORS, "inventory", new InventoryActor());
    List<Sent> story = new ArrayList<>();
    for (int n = 1; n <= 6; n++) {
      Map<String, Object> order = Map.of("productId", "p1", "orderId", "o" + n);
      Map<String, Object> reserve = new HashMap<>(order);
      reserve.putAll(Map.of("userId", "u1", "quantity", 3));
      story.add(new Sent("RESERVE_STOCK", reserve));
      story.add(new Sent(n % 2 == 0 ? "RELEASE_STOCK" : "CONFIRM_RESERVATION", order));
    }
    TestTurn stocked = inventory.when("UPDATE_STOCK", Map.of("productId", "p1", "stock", 20));

    JsonNode end =
        told(stocked, withCopies(story, seed))
            .when("GET_PRODUCT_STOCK", Map.of("productId", "p1"))
            .reply();

    assertThat(end.at("/stock").intValue()).isEqualTo(20 - 9);
    assertThat(end.at("/reserved").intValue()).isZero();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void an_order_has_one_invoice_and_a_refund_one_credit_note(long seed) {
    TestActor billing = TestActor.of(ACTORS, "billing", new BillingActor());
    Map<String, Object> invoice =
        of("userId", "u1", "currency", "EUR", "lines", List.of(line("A lamp", 25)));
    TestTurn drafted = billing.when("GENERATE_INVOICE", invoice);
    JsonNode issued = numbered(billing, drafted, "INVOICE_GENERATED");
    Map<String, Object> refund =
        of("userId", "u1", "refundId", "r1", "amount", 25, "currency", "EUR", "reason", "back");
    TestTurn credited = drafted.when("INVOICE_GENERATED", issued).when("PAYMENT_REFUNDED", refund);
    JsonNode note = numbered(billing, credited, "CREDIT_NOTE_ISSUED");
    List<Sent> story =
        List.of(
            new Sent("GENERATE_INVOICE", invoice),
            new Sent("INVOICE_GENERATED", issued),
            new Sent("PAYMENT_REFUNDED", refund),
            new Sent("CREDIT_NOTE_ISSUED", note));

    Map<String, Object> papers = of("userId", "u1");
    JsonNode end = told(billing, withCopies(story, seed)).when("GET_INVOICE", papers).reply();

    assertThat(end).isEqualTo(told(billing, story).when("GET_INVOICE", papers).reply());
    assertThat(end.at("/creditNotes")).hasSize(1);
  }

  private static JsonNode numbered(TestActor billing, TestTurn drafted, String issued) {
    return billing.when("DOCUMENT_DRAFTED", drafted.emitted("DOCUMENT_DRAFTED")).emitted(issued);
  }

  private static TestTurn told(TestActor actor, List<Sent> messages) {
    Sent first = messages.get(0);
    return told(actor.when(first.event(), first.payload()), messages.subList(1, messages.size()));
  }

  private static TestTurn told(TestTurn before, List<Sent> messages) {
    TestTurn turn = before;
    for (Sent sent : messages) {
      turn = turn.when(sent.event(), sent.payload());
    }
    return turn;
  }

  private static List<Sent> withCopies(List<Sent> story, long seed) {
    Random random = new Random(seed);
    List<Sent> all = new ArrayList<>(story);
    for (Sent original : story) {
      for (int copy = 0; copy < 2; copy++) {
        int after = all.indexOf(original) + 1;
        all.add(after + random.nextInt(all.size() - after + 1), original);
      }
    }
    return all;
  }

  /** With the order's id. */
  private static Map<String, Object> of(Object... fields) {
    Map<String, Object> payload = new HashMap<>(Map.of("orderId", "o1"));
    for (int i = 0; i < fields.length; i += 2) {
      payload.put((String) fields[i], fields[i + 1]);
    }
    return payload;
  }

  private static List<Map<String, Object>> lines() {
    return List.of(
        Map.of("productId", "a", "name", "A", "quantity", 2, "price", 10),
        Map.of("productId", "b", "name", "B", "quantity", 1, "price", 5));
  }

  private static Map<String, Object> line(String name, int price) {
    return Map.of("name", name, "quantity", 1, "price", price);
  }

  private static Map<String, Object> reserved(String product) {
    return of(
        "productId", product, "userId", "u1", "quantity", 1, "expiresAt", "2026-01-01T00:20:00Z");
  }

  private static Map<String, Object> paid(String amount) {
    BigDecimal exact = new BigDecimal(amount);
    return of("userId", "u1", "transactionId", "t1", "amount", exact, "currency", "EUR");
  }

  private static Map<String, Object> delivered() {
    return of("shipmentId", "o1", "userId", "u1", "at", "2026-01-01T00:00:00Z");
  }

  private static Map<String, Object> failed(String order) {
    return of(
        "orderId", order, "userId", "u1", "amount", 10, "currency", "EUR", "reason", "declined");
  }

  private static Map<String, Object> tooLittle(String order) {
    return of("orderId", order, "productId", "a", "userId", "u1", "quantity", 1, "available", 0);
  }

  private static Map<String, Object> created(String order) {
    return of(
        "orderId",
        order,
        "userId",
        "u1",
        "status",
        "pending",
        "currency",
        "EUR",
        "lines",
        lines(),
        "subtotal",
        25,
        "shipping",
        0,
        "tax",
        0,
        "discount",
        0,
        "total",
        25,
        "createdAt",
        "2026-01-01T00:00:00Z",
        "held",
        List.of());
  }
}
