package dev.relay.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> NAMES = List.of("ADD_TO_CART", "GET_CART", "CLEAR_CART");

  @Test
  void a_slip_of_the_keys_finds_the_name_that_was_meant() {
    assertThat(Nearest.to("ADD_TO_CRAT", NAMES)).isEqualTo("ADD_TO_CART");
    assertThat(Nearest.to("add_to_cart", NAMES)).isEqualTo("ADD_TO_CART");
    assertThat(Nearest.to("CLEARCART", NAMES)).isEqualTo("CLEAR_CART");
  }

  @Test
  void what_is_near_nothing_finds_nothing() {
    assertThat(Nearest.to("ORDER_SHIPPED", NAMES)).isNull();
    assertThat(Nearest.question("", NAMES)).isEmpty();
  }
}
