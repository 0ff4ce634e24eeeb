package shop.analytics;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.relay.Relay;
import dev.relay.embedded.EmbeddedPostgres;
import dev.relay.message.Json;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** From an event to Mixpanel, through a real node and Mixpanel's own SDK. */
class ForwardingIT {
  private static final Duration BATCH = Duration.ofSeconds(11);

  @RegisterExtension
  static final WireMockExtension MIXPANEL =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private EmbeddedPostgres postgres;
  private volatile Duration ahead = Duration.ZERO;

  @BeforeEach
  void open() {
    postgres = EmbeddedPostgres.temporary();
  }

  @AfterEach
  void close() {
    postgres.close();
  }

  @Test
  void what_is_counted_arrives_across_a_restart_and_what_arrived_is_left_alone() {
    answers(taken());
    try (Relay relay = node()) {
      ship(relay, 0, 100);
      later(BATCH);
      awaitArrived(100);
      await().atMost(60, SECONDS).until(() -> due() == 0);
    }
    try (Relay relay = node()) {
      ship(relay, 100, 150);
      later(BATCH);
      awaitArrived(150);
    }
    // a batch whose commit was refused comes again; what was there before the restart doesn't
    assertThat(arrived()).hasSizeLessThan(200);
  }

  @Test
  void while_mixpanel_is_down_the_shop_counts_and_then_everything_arrives() {
    answers(aResponse().withStatus(503));
    try (Relay relay = node()) {
      ship(relay, 0, 50);
      later(BATCH);
      await()
          .atMost(60, SECONDS)
          .until(() -> !MIXPANEL.findAll(postRequestedFor(urlPathEqualTo("/import"))).isEmpty());
      ship(relay, 50, 80);
      MIXPANEL.resetAll();
      answers(taken());
      later(Duration.ofMinutes(1)); // longer than the pause before the next attempt
      awaitArrived(80);
    }
  }

  @Test
  void an_event_whose_answer_was_lost_comes_again_under_the_same_id() {
    answers(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));
    try (Relay relay = node()) {
      ship(relay, 0, 1);
      later(BATCH);
      awaitArrived(1);
      answers(taken());
      later(Duration.ofMinutes(1));
      await().atMost(60, SECONDS).until(() -> arrived().size() > 1);
      assertThat(arrived()).containsOnly(arrived().get(0));
    }
  }

  @Test
  void a_day_that_is_over_is_reported_once_though_each_of_its_parts_asks() {
    answers(taken());
    try (Relay relay = node()) {
      ship(relay, 0, 60);
      later(Duration.ofDays(2));
      await().atMost(60, SECONDS).until(() -> !reports(relay).isEmpty() && owed() == 0);

      assertThat(told("REPORT_GENERATED")).isEqualTo(reports(relay).size());
      assertThat(told("METRIC_CALCULATED")).isEqualTo(reports(relay).size());
    }
  }

  private static List<String> reports(Relay relay) {
    return relay.instances("analytics", "report/", 100).stream()
        .map(instance -> instance.address().key())
        .filter(key -> key.startsWith("report/"))
        .toList();
  }

  private long owed() {
    return number("SELECT count(*) FROM relay.deliveries WHERE status <> 'dead'");
  }

  private long due() {
    return number("SELECT count(*) FROM relay.deliveries WHERE status IN ('ready', 'retrying')");
  }

  private long told(String event) {
    return number(
        "SELECT count(*) FROM relay.journal AS j, json_array_elements(j.emitted) AS m"
            + " WHERE m ->> 'type' = '"
            + event
            + "'");
  }

  private long number(String query) {
    try (Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private Relay node() {
    return Relay.builder()
        .postgres(postgres.jdbcUrl(), postgres.user(), postgres.password())
        .clock(() -> Instant.now().plus(ahead))
        .actors(Path.of("actors"))
        .actor(new AnalyticsActor(MixpanelForwarder.of("token", MIXPANEL.baseUrl())))
        .host("analytics")
        .start();
  }

  private void later(Duration time) {
    ahead = ahead.plus(time);
  }

  private static void ship(Relay relay, int from, int to) {
    IntStream.range(from, to)
        .mapToObj(
            i ->
                relay.publishAsync(
                    "SHIPMENT_CREATED",
                    Map.of("shipmentId", "o" + i, "orderId", "o" + i, "userId", "u" + i)))
        .toList()
        .forEach(CompletableFuture::join);
    await().atMost(60, SECONDS).until(() -> counted(relay) == to);
  }

  private static int counted(Relay relay) {
    JsonNode metrics = relay.ask("analytics", "GET_METRICS", Map.of("days", 2)).data();
    return metrics == null ? 0 : metrics.at("/numbers/counts/SHIPMENT_CREATED").asInt(0);
  }

  private static void awaitArrived(int events) {
    await()
        .atMost(60, SECONDS)
        .untilAsserted(() -> assertThat(Set.copyOf(arrived())).hasSize(events));
  }

  /** Ids, as often as they came. */
  private static List<String> arrived() {
    return MIXPANEL.findAll(postRequestedFor(urlPathEqualTo("/import"))).stream()
        .map(LoggedRequest::getBodyAsString)
        .flatMap(ForwardingIT::ids)
        .toList();
  }

  private static Stream<String> ids(String batch) {
    return Json.mapper()
        .readTree(batch)
        .valueStream()
        .map(event -> event.at("/properties/$insert_id").asString());
  }

  private static ResponseDefinitionBuilder taken() {
    return okJson("{\"code\":200,\"status\":\"OK\"}");
  }

  private static void answers(ResponseDefinitionBuilder answer) {
    MIXPANEL.stubFor(post(urlPathEqualTo("/import")).willReturn(answer));
  }
}
