package shop.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.testkit.TestActor;
import dev.relay.testkit.TestTurn;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OrderActorTest {
  private static final Map<String, Object> ID = Map.of("orderId", "o1");
  private static final TestActor ORDER = TestActor.of(Path.of("actors"), "order", new OrderActor());

  private final TestTurn created =
      ORDER.when("CREATE_ORDER", create(line("a", 2, "29.99"), line("b", 1, "5")));

  @Nested
  class Creating {
    @Test
    void the_total_is_the_lines_with_shipping_and_tax_less_the_discount() {
      Map<String, Object> command = create(line("a", 3, "0.10"));
      command.put("shipping", new BigDecimal("4.90"));
      command.put("tax", new BigDecimal("0.99"));
      command.put("discount", new BigDecimal("0.03"));

      Order order = ORDER.when("CREATE_ORDER", command).reply(Order.class);

      assertThat(order.subtotal()).isEqualTo("0.30");
      assertThat(order.total()).isEqualTo("6.16");
    }

    @Test
    void lines_of_the_same_product_are_one() {
      TestTurn turn =
          ORDER.when(
              "CREATE_ORDER", create(line("a", 2, "1"), line("b", 1, "1"), line("a", 3, "1")));

      assertThat(turn.reply(Order.class).lines())
          .extracting(OrderLine::productId, OrderLine::quantity)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("a", 5),
              org.assertj.core.groups.Tuple.tuple("b", 1));
    }

    @Test
    void asked_again_it_is_the_same_order_and_another_one_is_refused() {
      TestTurn again =
          created.when("CREATE_ORDER", create(line("a", 2, "29.99"), line("b", 1, "5")));

      assertThat(again.reply()).isEqualTo(created.reply());
      assertThat(again.emitted()).isEmpty();
      assertThat(created.when("CREATE_ORDER", create(line("a", 1, "1"))).refusal().reason())
          .isEqualTo("ORDER_EXISTS");
    }

    @Test
    void a_discount_is_never_more_than_what_it_is_taken_from() {
      Map<String, Object> command = create(line("a", 1, "1"));
      command.put("discount", 2);

      assertThat(ORDER.when("CREATE_ORDER", command).refusal().reason())
          .isEqualTo("DISCOUNT_TOO_LARGE");
    }
  }

  @Nested
  class Following {
    @Test
    void it_follows_the_events_of_stock_payment_and_shipping() {
      TestTurn some = created.when("STOCK_RESERVED", reserved("a"));
      TestTurn all = some.when("STOCK_RESERVED", reserved("b"));
      TestTurn paid = all.when("PAYMENT_PROCESSED", processed("64.98"));
      TestTurn shipped = paid.when("ORDER_SHIPPED", parcel());
      TestTurn delivered = shipped.when("DELIVERY_CONFIRMED", delivered());

      assertThat(List.of(some, all, paid, shipped, delivered))
          .extracting(turn -> turn.state(Order.class).status())
          .containsExactly(
              OrderStatus.AWAITING_STOCK,
              OrderStatus.AWAITING_PAYMENT,
              OrderStatus.CONFIRMED,
              OrderStatus.SHIPPED,
              OrderStatus.DELIVERED);
      assertThat(paid.emitted()).hasSize(1);
      assertThat(delivered.timer("completion").dueAt()).isEqualTo("2026-01-15T00:00:00Z");
      assertThat(delivered.when("COMPLETE_ORDER", ID).emitted("ORDER_COMPLETED").at("/status"))
          .hasToString("\"completed\"");
    }

    @Test
    void events_that_come_late_change_nothing() {
      TestTurn confirmed = created.when("CONFIRM_ORDER", paying("64.98"));

      assertThat(confirmed.when("STOCK_RESERVED", reserved("a")).state())
          .isEqualTo(confirmed.state());
      assertThat(confirmed.when("PAYMENT_PROCESSED", processed("64.98")).emitted()).isEmpty();
      assertThat(confirmed.when("CONFIRM_ORDER", paying("64.98")).emitted()).isEmpty();
    }

    @Test
    void too_little_stock_rejects_it_and_a_rejected_order_stays_so() {
      TestTurn rejected =
          created.when(
              "STOCK_INSUFFICIENT",
              Map.of(
                  "productId",
                  "a",
                  "orderId",
                  "o1",
                  "userId",
                  "u1",
                  "quantity",
                  2,
                  "available",
                  1));

      assertThat(rejected.emitted("ORDER_CANCELLED").at("/status").stringValue())
          .isEqualTo("rejected");
      assertThat(rejected.when("CANCEL_ORDER", ID).state()).isEqualTo(rejected.state());
      assertThat(rejected.when("CONFIRM_ORDER", paying("64.98")).refusal().reason())
          .isEqualTo("ORDER_IS_REJECTED");
    }

    @Test
    void only_its_whole_total_confirms_it() {
      assertThat(created.when("CONFIRM_ORDER", paying("64.97")).refusal().reason())
          .isEqualTo("AMOUNT_DIFFERS");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "shipped,ALREADY_SHIPPED",
    "delivered,ALREADY_SHIPPED",
    "completed,ORDER_IS_COMPLETED"
  })
  void what_is_on_its_way_is_not_cancelled(String status, String reason) {
    TestTurn turn = ORDER.given(as(status)).when("CANCEL_ORDER", ID);

    assertThat(turn.refusal().reason()).isEqualTo(reason);
  }

  @Test
  void a_cancelled_order_still_says_that_it_was_paid_and_one_that_never_was_does_not() {
    TestTurn paid =
        created.when("CONFIRM_ORDER", Map.of("orderId", "o1", "amount", new BigDecimal("64.98")));

    assertThat(paid.when("CANCEL_ORDER", ID).reply(Order.class).confirmedAt())
        .isEqualTo(paid.reply(Order.class).confirmedAt())
        .isNotNull();
    assertThat(created.when("CANCEL_ORDER", ID).reply(Order.class).confirmedAt()).isNull();
  }

  @Test
  void a_delivered_order_can_be_sent_back() {
    TestTurn requested = ORDER.given(as("delivered")).when("REQUEST_RETURN", ID);
    TestTurn received = requested.when("RECEIVE_RETURN", ID);

    assertThat(requested.emitted("RETURN_REQUESTED").at("/orderId").stringValue()).isEqualTo("o1");
    assertThat(received.emitted("RETURN_RECEIVED").at("/status").stringValue())
        .isEqualTo("returned");
    assertThat(created.when("REQUEST_RETURN", ID).refusal().reason()).isEqualTo("ORDER_IS_PENDING");
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatever_is_asked_it_takes_only_the_steps_that_are_drawn(long seed) {
    Random random = new Random(seed);
    OrderStatus[] all = OrderStatus.values();
    TestTurn turn = created;
    OrderStatus before = OrderStatus.PENDING;
    for (int step = 0; step < 60; step++) {
      OrderStatus wanted = all[random.nextInt(all.length)];
      TestTurn next =
          turn.when("UPDATE_ORDER_STATUS", Map.of("orderId", "o1", "status", wanted.text()));
      turn = next.when("GET_ORDER", ID);
      OrderStatus after = turn.reply(Order.class).status();
      if (after == before) {
        continue;
      }
      assertThat(STEPS.get(before)).contains(after);
      before = after;
    }
  }

  /** The drawing in OrderStatus, read again by another pair of eyes. */
  private static final Map<OrderStatus, Set<OrderStatus>> STEPS =
      Map.of(
          OrderStatus.PENDING,
              EnumSet.of(
                  OrderStatus.AWAITING_STOCK,
                  OrderStatus.AWAITING_PAYMENT,
                  OrderStatus.CONFIRMED,
                  OrderStatus.CANCELLED,
                  OrderStatus.REJECTED),
          OrderStatus.AWAITING_STOCK,
              EnumSet.of(
                  OrderStatus.AWAITING_PAYMENT,
                  OrderStatus.CONFIRMED,
                  OrderStatus.CANCELLED,
                  OrderStatus.REJECTED),
          OrderStatus.AWAITING_PAYMENT, EnumSet.of(OrderStatus.CONFIRMED, OrderStatus.CANCELLED),
          OrderStatus.CONFIRMED, EnumSet.of(OrderStatus.SHIPPED, OrderStatus.CANCELLED),
          OrderStatus.SHIPPED, EnumSet.of(OrderStatus.DELIVERED),
          OrderStatus.DELIVERED, EnumSet.of(OrderStatus.COMPLETED, OrderStatus.RETURN_REQUESTED),
          OrderStatus.RETURN_REQUESTED,
              EnumSet.of(OrderStatus.RETURNED, OrderStatus.DELIVERED, OrderStatus.COMPLETED));

  private Object as(String status) {
    Map<String, Object> state = new HashMap<>();
    created.state().propertyStream().forEach(field -> state.put(field.getKey(), field.getValue()));
    state.put("status", status);
    return state;
  }

  private static Map<String, Object> line(String product, int quantity, String price) {
    return Map.of(
        "productId",
        product,
        "name",
        "A " + product,
        "quantity",
        quantity,
        "price",
        new BigDecimal(price));
  }

  @SafeVarargs
  private static Map<String, Object> create(Map<String, Object>... lines) {
    Map<String, Object> command = new HashMap<>(ID);
    command.put("userId", "u1");
    command.put("currency", "EUR");
    List<Object> all = new ArrayList<>();
    for (Map<String, Object> line : lines) {
      all.add(line);
    }
    command.put("lines", all);
    return command;
  }

  private static Map<String, Object> paying(String amount) {
    return Map.of("orderId", "o1", "amount", new BigDecimal(amount));
  }

  private static Map<String, Object> processed(String amount) {
    return Map.of(
        "orderId", "o1",
        "userId", "u1",
        "transactionId", "t1",
        "amount", new BigDecimal(amount),
        "currency", "EUR");
  }

  private static Map<String, Object> reserved(String product) {
    return Map.of(
        "productId", product,
        "orderId", "o1",
        "userId", "u1",
        "quantity", 1,
        "expiresAt", "2026-01-01T00:20:00Z");
  }

  private static Map<String, Object> parcel() {
    return Map.of("shipmentId", "o1", "orderId", "o1", "userId", "u1");
  }

  private static Map<String, Object> delivered() {
    Map<String, Object> event = new HashMap<>(parcel());
    event.put("at", "2026-01-01T00:00:00Z");
    return event;
  }
}
