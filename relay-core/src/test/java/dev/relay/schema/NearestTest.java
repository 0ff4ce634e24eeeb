package dev.relay.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> KNOWN =
      List.of(
          "ADD_TO_CART",
          "REMOVE_FROM_CART",
          "GET_CART",
          "CART_CHECKED_OUT",
          "currency",
          "qty",
          "id");

  @ParameterizedTest
  @CsvSource({
    "ADD_TOO_CART, ADD_TO_CART",
    "AddToCart, ADD_TO_CART",
    "add-to-cart, ADD_TO_CART",
    "add_to_crat, ADD_TO_CART",
    "ADD_CART, ADD_TO_CART",
    "REMOVE_FORM_CART, REMOVE_FROM_CART",
    "CART_CHECKEDOUT, CART_CHECKED_OUT",
    "currncy, currency",
    "Currency, currency",
    "qyt, qty",
    "ID, id",
  })
  void finds_the_name_that_was_meant(String found, String meant) {
    assertThat(Nearest.nearest(found, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"SHIP_ORDER", "x", "''", "___", "ip", "total", "CARTS_ARE_A_NICE_THING"})
  void suggests_nothing_where_nothing_is_near(String found) {
    assertThat(Nearest.nearest(found, KNOWN)).isEmpty();
  }

  @Test
  void does_not_suggest_what_was_typed() {
    assertThat(Nearest.nearest("qty", List.of("qty"))).isEmpty();
  }

  @Test
  void prefers_the_nearest_of_several() {
    assertThat(Nearest.nearest("ORDER_CREATD", List.of("ORDER_UPDATED", "ORDER_CREATED")))
        .contains("ORDER_CREATED");
  }

  @Test
  void gives_up_on_names_no_one_types() {
    assertThat(Nearest.nearest("a".repeat(1_000_000), List.of("a".repeat(1_000_001)))).isEmpty();
  }
}
