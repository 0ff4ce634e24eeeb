package dev.relay.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CartsTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Carts carts = new Carts(2_500);

  @Test
  void every_request_has_the_same_length_and_asks_for_its_own_line() {
    Set<Integer> lengths = new HashSet<>();
    Set<String> lines = new HashSet<>();
    for (int cart = 0; cart < carts.count(); cart++) {
      for (int line = 0; line < Carts.LINES; line++) {
        String request = carts.addToCart(cart, line);
        lengths.add(request.length());
        JsonNode payload = JSON.readTree(request).get("payload");
        lines.add(payload.get("userId").asString() + payload.get("productId").asString());
      }
    }
    assertThat(lengths).hasSize(1);
    assertThat(lines).hasSize(carts.count() * Carts.LINES);
  }

  @Test
  void a_full_cart_is_valid_json_with_every_line() {
    JsonNode state = JSON.readTree(carts.fullState(2_499));
    assertThat(state.get("items")).hasSize(Carts.LINES);
    assertThat(state.get("items").get(0).get("productId").asString()).isEqualTo("prod0499");
  }

  @Test
  void the_first_choices_fill_every_line_of_every_cart_once() {
    CartChoice choice = new CartChoice(carts);
    Set<Integer> chosen = new HashSet<>();
    for (int i = 0; i < carts.count() * Carts.LINES; i++) {
      chosen.add(choice.next());
    }
    assertThat(chosen).hasSize(carts.count() * Carts.LINES);
    assertThat(choice.next()).isBetween(0, carts.count() * Carts.LINES - 1);
  }

  @Test
  void no_carts_are_refused() {
    assertThatThrownBy(() -> new Carts(0)).hasMessageContaining("at least 1 cart");
  }
}
