package shop.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shop.analytics.Forwarder.Happened;

class SandboxForwarderTest {
  private static final Happened PAID =
      new Happened(
          "m1",
          "PAYMENT_PROCESSED",
          "u1",
          Instant.parse("2026-11-01T12:00:00Z"),
          Map.of("amount", new BigDecimal("29.90")));

  @TempDir Path folder;

  @Test
  void a_batch_is_a_file_with_an_event_a_line_however_often_it_comes() {
    Forwarder sandbox = new SandboxForwarder(folder);

    sandbox.forward("payments/2026-11-01/3-0", List.of(PAID));
    sandbox.forward("payments/2026-11-01/3-0", List.of(PAID));

    assertThat(folder).isDirectoryContaining("glob:**/payments_2026-11-01_3-0.jsonl");
    assertThat(folder.toFile().list()).hasSize(1);
    assertThat(folder.resolve("payments_2026-11-01_3-0.jsonl"))
        .hasContent(
            """
            {"id":"m1","name":"PAYMENT_PROCESSED","who":"u1","at":"2026-11-01T12:00:00Z",\
            "properties":{"amount":29.90}}
            """);
  }

  @Test
  void without_a_token_the_sandbox_stands_in() {
    assertThat(Forwarders.of(Map.of("SHOP_OUTBOX", folder.toString())))
        .isInstanceOf(SandboxForwarder.class);
    assertThat(Forwarders.of(Map.of("MIXPANEL_TOKEN", "t"))).isInstanceOf(MixpanelForwarder.class);
  }
}
