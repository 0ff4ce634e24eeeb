package shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.Relay;
import dev.relay.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shop.cart.Cart;

class EmbeddingIT {
  @Test
  void the_application_of_the_readme_runs_and_what_it_did_is_kept() {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.temporary()) {
      Embedding.run(postgres.jdbcUrl(), postgres.user(), postgres.password());

      try (Relay relay =
          Relay.builder()
              .postgres(postgres.jdbcUrl(), postgres.user(), postgres.password())
              .actors(Path.of("actors"))
              .start()) {
        Cart cart = relay.ask("cart", "GET_CART", Map.of("userId", "user123")).as(Cart.class);
        assertThat(cart.basket().total()).isEqualTo("59.98");
      }
    }
  }
}
