package shop.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.message.Message;
import dev.relay.testkit.TestActor;
import dev.relay.testkit.TestTurn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippingTest {
  private static final Map<String, Object> ORDER = Map.of("orderId", "o1");
  private static final Map<String, Object> PARCEL = Map.of("orderId", "o1", "userId", "u1");
  private static final Map<String, Object> CARRIER =
      Map.of("shipmentId", "o1", "carrier", "Post", "trackingId", "T1");
  private static final List<String> ROAD =
      List.of("dispatched", "in_transit", "delayed", "out_for_delivery", "delivered");

  private static final TestActor SHIPPING = TestActor.of(Path.of("actors"), "shipping");

  private final TestTurn created = SHIPPING.when("CREATE_SHIPMENT", PARCEL);

  @Test
  void an_order_has_one_parcel_however_often_it_is_asked_for() {
    TestTurn again = created.when("CREATE_SHIPMENT", PARCEL);

    assertThat(created.emitted("SHIPMENT_CREATED").at("/shipmentId").stringValue()).isEqualTo("o1");
    assertThat(again.emitted()).isEmpty();
    assertThat(again.reply()).isEqualTo(created.reply());
  }

  @Test
  void nothing_ships_twice() {
    TestTurn shipped = created.when("DISPATCH_SHIPMENT", CARRIER);
    TestTurn again = shipped.when("DISPATCH_SHIPMENT", CARRIER);

    assertThat(shipped.emitted("ORDER_SHIPPED"))
        .hasToString(
            """
            {"shipmentId":"o1","orderId":"o1","userId":"u1","carrier":"Post","trackingId":"T1"}\
            """);
    assertThat(again.emitted()).isEmpty();
    assertThat(again.state()).isEqualTo(shipped.state());
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 10);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void updates_lead_to_the_same_end_in_any_order_and_any_number(long seed) {
    List<String> said = new ArrayList<>();
    for (int copy = 0; copy < 3; copy++) {
      said.addAll(ROAD);
    }
    Collections.shuffle(said, new Random(seed));
    List<String> emitted = new ArrayList<>();
    TestTurn turn = created;
    for (String status : said) {
      turn = turn.when("CARRIER_UPDATE", update(status));
      turn.emitted().stream().map(Message::type).forEach(emitted::add);
    }

    assertThat(turn.state().at("/status").stringValue()).isEqualTo("delivered");
    assertThat(
            turn.state().at("/updates").valueStream().map(one -> one.at("/status").stringValue()))
        .containsExactlyElementsOf(ROAD);
    assertThat(emitted).filteredOn("ORDER_SHIPPED"::equals).hasSize(1);
    assertThat(emitted).filteredOn("DELIVERY_CONFIRMED"::equals).hasSize(1);
    assertThat(emitted.indexOf("ORDER_SHIPPED")).isLessThan(emitted.indexOf("DELIVERY_CONFIRMED"));
    assertThat(emitted).filteredOn("SHIPMENT_DELAYED"::equals).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void a_parcel_is_called_off_while_it_is_here_and_not_later() {
    TestTurn cancelled = created.when("CANCEL_SHIPMENT", ORDER);
    TestTurn late = created.when("DISPATCH_SHIPMENT", CARRIER).when("CANCEL_SHIPMENT", ORDER);

    assertThat(cancelled.state().at("/status").stringValue()).isEqualTo("cancelled");
    assertThat(cancelled.when("DISPATCH_SHIPMENT", CARRIER).refusal().reason())
        .isEqualTo("SHIPMENT_CANCELLED");
    assertThat(late.refusal().reason()).isEqualTo("ALREADY_SHIPPED");
  }

  @Test
  void what_is_not_there_can_neither_leave_nor_be_tracked() {
    assertThat(SHIPPING.when("DISPATCH_SHIPMENT", CARRIER).refusal().reason())
        .isEqualTo("UNKNOWN_SHIPMENT");
    assertThat(SHIPPING.when("TRACK_SHIPMENT", ORDER).refusal().reason())
        .isEqualTo("UNKNOWN_SHIPMENT");
    assertThat(created.when("TRACK_SHIPMENT", ORDER).reply()).isEqualTo(created.state());
  }

  @Test
  void a_parcel_has_one_label_and_what_was_called_off_gets_none() {
    TestTurn labelled = created.when("PRINT_LABEL", ORDER);

    assertThat(labelled.reply().at("/label").stringValue()).isEqualTo("label-o1");
    assertThat(labelled.when("PRINT_LABEL", ORDER).state()).isEqualTo(labelled.state());
    assertThat(created.when("CANCEL_SHIPMENT", ORDER).when("PRINT_LABEL", ORDER).refusal().reason())
        .isEqualTo("SHIPMENT_CANCELLED");
  }

  @Test
  void the_sandbox_of_the_carrier_has_a_place_where_it_fails_and_one_where_it_does_not_go() {
    assertThat(to("00000", "DE").when("PRINT_LABEL", ORDER).refusal().message())
        .contains("the carrier gives no answer");
    assertThat(to("1", "Atlantis").when("PRINT_LABEL", ORDER).refusal().reason())
        .isEqualTo("NOT_SERVED");
  }

  private static TestTurn to(String zip, String country) {
    Map<String, Object> place =
        Map.of("name", "N", "street", "S", "city", "C", "zip", zip, "country", country);
    return SHIPPING.when(
        "CREATE_SHIPMENT", Map.of("orderId", "o1", "userId", "u1", "shipTo", place));
  }

  @Test
  void a_quote_follows_from_pieces_and_country() {
    assertThat(quote(5, "DE")).isEqualTo("4.9");
    assertThat(quote(7, "DE")).isEqualTo("5.9");
    assertThat(quote(1, "FR")).isEqualTo("9.9");
  }

  private static String quote(int pieces, String country) {
    return SHIPPING
        .when("QUOTE_SHIPPING", Map.of("orderId", "o1", "pieces", pieces, "country", country))
        .reply()
        .at("/amount")
        .asString();
  }

  private static Map<String, Object> update(String status) {
    String at = "2026-01-01T0" + ROAD.indexOf(status) + ":00:00Z";
    return Map.of("shipmentId", "o1", "update", Map.of("at", at, "status", status));
  }
}
