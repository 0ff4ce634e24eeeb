package shop.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersTest {
  @TempDir Path folder;

  @Test
  void the_environment_says_who_the_owner_is() {
    String outbox = folder.toString();

    assertThat(Providers.of(Map.of("SHOP_OUTBOX", outbox)).owner()).isEqualTo("owner@shop.example");
    assertThat(
            Providers.of(Map.of("SHOP_OUTBOX", outbox, "SHOP_OWNER_EMAIL", "me@shop.test")).owner())
        .isEqualTo("me@shop.test");
  }
}
