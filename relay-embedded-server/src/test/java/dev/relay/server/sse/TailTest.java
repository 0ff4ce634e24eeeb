package dev.relay.server.sse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.message.Json;
import dev.relay.message.Message;
import dev.relay.store.FeedEntry;
import dev.relay.store.FeedPosition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TailTest {
  private static final StreamFilter ALL = StreamFilter.of("", null, null, null);

  private final Tail tail = new Tail(Events.at(10));

  @Test
  void a_stream_gets_what_came_after_its_position() {
    tail.append(entries(11, 15));

    Batch batch = tail.after(Events.at(13), ALL).orElseThrow();

    assertThat(ids(batch)).containsExactly("14-14-0", "15-15-0");
    assertThat(batch.end()).isEqualTo(Events.at(15));
  }

  @Test
  void a_stream_at_the_end_gets_nothing_and_one_before_the_tail_is_sent_to_the_feed() {
    tail.append(entries(11, 15));

    assertThat(tail.after(Events.at(15), ALL).orElseThrow().isEmpty()).isTrue();
    assertThat(tail.after(Events.at(99), ALL).orElseThrow().isEmpty()).isTrue();
    assertThat(tail.after(Events.at(10), ALL)).isPresent();
    assertThat(tail.after(Events.at(9), ALL)).isEmpty();
    assertThat(tail.after(FeedPosition.START, ALL)).isEmpty();
  }

  @Test
  void what_the_filter_leaves_out_is_behind_the_stream_all_the_same() {
    tail.append(entries(11, 15));

    Batch batch = tail.after(Events.at(10), StreamFilter.of("", null, "k1", null)).orElseThrow();

    assertThat(ids(batch)).containsExactly("11-11-0", "13-13-0", "15-15-0");
    assertThat(
            tail.after(Events.at(10), StreamFilter.of("OTHER", null, null, null))
                .orElseThrow()
                .end())
        .isEqualTo(Events.at(15));
  }

  @Test
  void memory_is_bounded_and_streams_of_any_size_lose_nothing() {
    List<String> seen = new ArrayList<>();
    FeedPosition position = Events.at(10);
    for (long number = 11; number < 211; number++) {
      tail.append(List.of(large(number)));
    }

    assertThat(tail.after(position, ALL)).as("the oldest have been forgotten").isEmpty();
    position = Events.at(195);
    for (Batch batch = tail.after(position, ALL).orElseThrow();
        !batch.isEmpty();
        batch = tail.after(position, ALL).orElseThrow()) {
      assertThat(batch.bytes().length).isLessThan(512 << 10);
      seen.addAll(ids(batch));
      position = batch.end();
    }
    assertThat(seen)
        .containsExactlyElementsOf(
            LongStream.range(196, 211).mapToObj(n -> n + "-" + n + "-0").toList());
  }

  private static FeedEntry large(long number) {
    FeedEntry small = Events.entry(number);
    Message message = small.message();
    return new FeedEntry(
        small.position(),
        new Message(
            message.id(),
            message.type(),
            Json.mapper().createObjectNode().put("text", "x".repeat(100_000)),
            message.headers()));
  }

  private static List<FeedEntry> entries(long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(Events::entry).toList();
  }

  private static List<String> ids(Batch batch) {
    return new String(batch.bytes(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("id: "))
        .map(line -> line.substring(4))
        .toList();
  }
}
