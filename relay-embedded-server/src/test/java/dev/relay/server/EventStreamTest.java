package dev.relay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.message.Json;
import dev.relay.server.Caller.Reply;
import dev.relay.server.RunningNode.Node;
import dev.relay.server.StreamReader.Seen;
import dev.relay.server.http.RawClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ExtendWith(RunningNode.class)
@Timeout(120)
class EventStreamTest {
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final String name = "stream-" + UUID.randomUUID();
  private Node node;
  private Caller caller;

  @BeforeEach
  void call(Node running) {
    node = running;
    caller = running.caller();
  }

  @Test
  void an_event_comes_soon_after_it_was_published_as_a_cloudevent() {
    try (StreamReader reader = mine("")) {
      Reply sent =
          caller.post(
              "/api/actors/tally",
              adding("\"amount\": 5, \"note\": \"two\\nlines\"", ", \"correlation_id\": \"c-7\""),
              "traceparent",
              TRACE);
      await().untilAsserted(() -> assertThat(reader.seen()).hasSize(1));

      assertThat(reader.header("Content-Type")).startsWith("text/event-stream");
      Seen seen = reader.seen().get(0);
      assertThat(seen.type()).isEqualTo("ADDED");
      assertThat(seen.id()).matches("\\d+-\\d+-\\d+");
      JsonNode event = Json.mapper().readTree(seen.data());
      assertThat(event.path("source").asString()).isEqualTo("/api/actors/tally/" + name);
      assertThat(event.path("subject").asString()).isEqualTo(name);
      assertThat(event.path("correlationid").asString()).isEqualTo("c-7");
      assertThat(event.path("causationid").asString()).isEqualTo(sent.text("event_id"));
      assertThat(event.path("traceparent").asString()).isEqualTo(TRACE);
      assertThat(event.path("data").path("note").asString()).isEqualTo("two\nlines");
    }
  }

  @Test
  void a_reader_that_comes_back_misses_nothing_and_sees_nothing_twice() {
    String last;
    try (StreamReader reader = mine("")) {
      add(1);
      add(2);
      await().untilAsserted(() -> assertThat(reader.seen()).hasSize(2));
      last = reader.seen().get(0).id();
    }
    add(3);

    try (StreamReader byHeader = new StreamReader(caller, stream(""), last);
        StreamReader byQuery = mine("&after=" + last)) {
      await().untilAsserted(() -> assertThat(amounts(byHeader)).containsExactly(2, 3));
      await().untilAsserted(() -> assertThat(amounts(byQuery)).containsExactly(2, 3));
      add(4);
      await().untilAsserted(() -> assertThat(amounts(byHeader)).containsExactly(2, 3, 4));
    }
  }

  @Test
  void a_reader_may_start_at_the_very_beginning() {
    for (int i = 1; i <= 20; i++) {
      add(i == 13 ? 14 : i);
    }

    try (StreamReader reader = mine("&from=start")) {
      await().untilAsserted(() -> assertThat(reader.seen()).hasSize(20));
      add(99);
      await().untilAsserted(() -> assertThat(amounts(reader)).endsWith(20, 99).hasSize(21));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "type=ADD*, true",
    "type=ADDED, true",
    "type=STOCK_*, false",
    "actor=tally, true",
    "actor=cart, false",
    "correlation=none, false"
  })
  void a_filter_shows_only_what_it_names(String filter, boolean shown) {
    try (StreamReader filtered = mine("&" + filter);
        StreamReader all = mine("")) {
      add(1);
      await().untilAsserted(() -> assertThat(all.seen()).hasSize(1));

      if (shown) {
        await().untilAsserted(() -> assertThat(filtered.seen()).hasSize(1));
      } else {
        // what comes after has come, so what was before will not
        try (StreamReader later = mine("&from=start")) {
          await().untilAsserted(() -> assertThat(later.seen()).hasSize(1));
        }
        assertThat(filtered.seen()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "type=ADEDD, 404, RLY-2001",
    "after=nonsense, 400, RLY-1002",
    "from=yesterday, 400, RLY-1002",
    "typ=ADDED, 400, RLY-1002"
  })
  void a_stream_in_which_nothing_could_come_is_refused(String query, int status, String code) {
    Reply reply = caller.get("/api/events/stream?" + query);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.text("code")).isEqualTo(code);
  }

  @Test
  void a_reader_that_resumes_behind_what_was_dropped_is_told_so() throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                node.postgres().jdbcUrl(), node.postgres().user(), node.postgres().password());
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO relay.journal_forgotten (txid, seq) VALUES ('2', 2)");
    }

    Reply gone = caller.get("/api/events/stream?after=1-1-0");
    assertThat(gone.status()).isEqualTo(410);
    assertThat(gone.text("code")).isEqualTo("RLY-2007");
    assertThat(gone.text("remedy")).contains("from=start");
  }

  @Test
  void head_shows_the_headers_and_ends() {
    Reply reply =
        caller.send(caller.request("/api/events/stream").method("HEAD", BodyPublishers.noBody()));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).startsWith("text/event-stream");
  }

  @Test
  void a_reader_that_stops_reading_loses_nothing_and_holds_up_nobody() throws Exception {
    String note = "x".repeat(60_000);
    try (RawClient slow = new RawClient(caller.port());
        StreamReader fast = mine("")) {
      slow.send("GET " + stream("") + " HTTP/1.1\r\nHost: x\r\n\r\n");
      slow.readUntil(": open\n\n");
      for (int i = 1; i <= 100; i++) {
        addNoted(1, i + ":" + note);
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(fast.seen()).hasSize(100));

      for (int i = 1; i <= 100; i++) {
        assertThat(slow.readUntil("}}\n\n")).contains("\"note\":\"" + i + ":");
      }
    }
  }

  @Test
  void a_reader_that_leaves_is_noticed_at_once() throws Exception {
    try (RelayServer other =
        RelayServer.builder().relay(node.relay()).port(0).maxStreams(1).start()) {
      Caller small = new Caller(other.port());
      try (StreamReader only = new StreamReader(small, stream(""), null)) {
        Reply refused = small.get("/api/events/stream");

        assertThat(only.status()).isEqualTo(200);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isNotEmpty();
      }

      await()
          .untilAsserted(
              () -> {
                try (StreamReader next = new StreamReader(small, stream(""), null)) {
                  assertThat(next.status()).isEqualTo(200);
                }
              });
    }
  }

  @Test
  void closing_the_server_ends_its_streams_in_good_order_and_without_waiting() throws Exception {
    RelayServer other = RelayServer.builder().relay(node.relay()).port(0).start();
    try (RawClient reader = new RawClient(other.port())) {
      reader.send("GET " + stream("") + " HTTP/1.1\r\nHost: x\r\n\r\n");
      reader.readUntil(": open\n\n");

      assertThat(CompletableFuture.runAsync(other::close)).succeedsWithin(Duration.ofSeconds(15));

      assertThat(reader.readAll()).as("the last chunk, not a cut").endsWith("0\r\n\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void under_load_every_reader_sees_every_event_once_in_order(int seed) {
    List<StreamReader> readers =
        IntStream.range(0, 8).mapToObj(i -> mine(i % 2 == 0 ? "" : "&from=start")).toList();
    IntStream.range(0, 200)
        .mapToObj(i -> caller.postLater("/api/actors/tally", adding("\"amount\": " + seed, "")))
        .toList()
        .forEach(reply -> assertThat(reply.join().status()).isEqualTo(200));

    for (StreamReader reader : readers) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(reader.seen()).hasSizeGreaterThanOrEqualTo(200));
      assertThat(reader.seen().stream().map(Seen::id)).hasSize(200).doesNotHaveDuplicates();
      reader.close();
    }
  }

  private StreamReader mine(String more) {
    return new StreamReader(caller, stream(more), null);
  }

  private String stream(String more) {
    return "/api/events/stream?key=" + name + more;
  }

  private static List<Integer> amounts(StreamReader reader) {
    return reader.seen().stream()
        .map(seen -> Json.mapper().readTree(seen.data()).path("data").path("amount").asInt())
        .toList();
  }

  private void add(int amount) {
    addNoted(amount, "");
  }

  private void addNoted(int amount, String note) {
    String fields = "\"amount\": " + amount + ", \"note\": \"" + note + "\"";
    assertThat(caller.post("/api/actors/tally", adding(fields, "")).status()).isEqualTo(200);
  }

  private String adding(String fields, String more) {
    return "{\"event_type\": \"ADD\", \"payload\": {\"name\": \""
        + name
        + "\", "
        + fields
        + "}"
        + more
        + "}";
  }
}
