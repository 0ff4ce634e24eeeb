package dev.relay.server.sse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.message.Json;
import dev.relay.store.FeedEntry;
import dev.relay.store.FeedPosition;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FrameTest {
  @Test
  void a_frame_is_position_name_and_cloudevent_each_on_one_line() {
    FeedEntry entry =
        new FeedEntry(
            new FeedPosition(812, 4711, 0), Events.of("ITEM_ADDED_TO_CART", "cart", "a/b", "c-1"));

    String[] lines = new String(Frame.of(entry).bytes(), StandardCharsets.UTF_8).split("\n", -1);

    assertThat(lines).hasSize(5);
    assertThat(lines[0]).isEqualTo("id: 812-4711-0");
    assertThat(lines[1]).isEqualTo("event: ITEM_ADDED_TO_CART");
    assertThat(lines[2]).startsWith("data: ");
    assertThat(lines[3]).isEmpty();
    assertThat(Json.mapper().readTree(lines[2].substring("data: ".length())))
        .isEqualTo(
            Json.mapper()
                .readTree(
                    """
                    {"specversion": "1.0", "id": "0190b5a0-0000-7000-8000-000000000001",
                     "source": "/api/actors/cart/a%2Fb", "type": "ITEM_ADDED_TO_CART",
                     "subject": "a/b", "time": "2026-11-01T10:00:00Z",
                     "datacontenttype": "application/json", "schemaversion": "1.0.0",
                     "correlationid": "c-1", "data": {"text": "two\\nlines"}}
                    """));
  }
}
