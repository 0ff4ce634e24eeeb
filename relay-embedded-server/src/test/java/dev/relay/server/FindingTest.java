package dev.relay.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.server.Caller.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Instances that are found by what they remember, and business metrics, over HTTP. */
@Timeout(120)
class FindingTest {
  private static final String OF_ANN = "/api/actors/till?where=owner%20%3D%20ann";

  private static RunningNode.Node node;
  private static Caller caller;

  @BeforeAll
  static void open() {
    node = TillNode.start();
    caller = node.caller();
    for (int i = 1; i <= 5; i++) {
      take("ann" + i, "ann", i + ".10", "EUR");
    }
    take("bob1", "bob", "7", "USD");
    await().atMost(60, SECONDS).until(() -> caller.get(OF_ANN).status() == 200);
  }

  @AfterAll
  static void close() {
    node.close();
  }

  @Test
  void pages_lead_from_one_to_the_next_in_order() {
    List<String> keys = new ArrayList<>();

    for (String path = OF_ANN + "&limit=2"; !path.isEmpty(); ) {
      Reply page = caller.get(path);
      page.json().path("instances").valueStream().forEach(each -> keys.add(text(each, "key")));
      path = page.text("next");
    }

    assertThat(keys).containsExactly("ann5", "ann4", "ann3", "ann2", "ann1");
  }

  @Test
  void what_is_found_comes_with_what_it_was_found_by() {
    Reply found = caller.get("/api/actors/till?where=owner%20%3D%20bob%20and%20sum%20%3E%205");

    assertThat(found.text("actor")).isEqualTo("till");
    assertThat(found.json().path("instances")).hasSize(1);
    assertThat(found.json().at("/instances/0/key").asString()).isEqualTo("bob1");
    assertThat(found.json().at("/instances/0/values/owner").asString()).isEqualTo("bob");
    assertThat(found.json().has("next")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "where=colour%20%3D%20red, 422",
    "where=owner%20%3D, 422",
    "where=sum%20%3E%205, 422",
    "where=owner%20%3D%20ann&order=colour, 422",
    "where=owner%20%3D%20ann&limit=0, 400",
    "where=owner%20%3D%20ann&after=nonsense, 422"
  })
  void a_question_that_no_index_answers_is_refused(String query, int status) {
    Reply reply = caller.get("/api/actors/till?" + query);

    assertThat(reply.status()).as(reply.raw().body()).isEqualTo(status);
    assertThat(reply.text("detail")).isNotEmpty();
  }

  @Test
  void metrics_are_exact_and_as_of_now() {
    assertThat(figures())
        .contains("takings EUR 15.5", "takings USD 7", "tills ann 5", "tills bob 1");

    take("cat1", "cat", "0.07", "GBP");

    await()
        .atMost(60, SECONDS)
        .untilAsserted(() -> assertThat(figures()).contains("takings GBP 0.07", "tills cat 1"));
    String scraped = caller.get("/metrics").raw().body();
    assertThat(scraped)
        .contains("business_till_takings{actor=\"till\",currency=\"GBP\"} 0.07")
        .contains("business_till_tills{actor=\"till\",owner=\"cat\"} 1.0");
  }

  @Test
  void metrics_say_how_the_actors_of_the_node_fare() {
    JsonNode actors = caller.get("/api/metrics").json().path("actors");

    assertThat(actors.valueStream()).extracting(each -> text(each, "name")).contains("till");
    assertThat(caller.get("/api/metrics?x=1").status()).isEqualTo(400);
  }

  private static List<String> figures() {
    return caller
        .get("/api/metrics")
        .json()
        .path("business")
        .valueStream()
        .map(
            sample ->
                "%s %s %s"
                    .formatted(
                        text(sample, "metric"),
                        sample.path("labels").valueStream().findFirst().orElseThrow().asString(),
                        sample.path("value").decimalValue().toPlainString()))
        .toList();
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString();
  }

  private static void take(String id, String owner, String amount, String currency) {
    String payload =
        "{\"id\": \"%s\", \"owner\": \"%s\", \"amount\": %s, \"currency\": \"%s\"}"
            .formatted(id, owner, amount, currency);
    Reply taken =
        caller.post("/api/actors/till", "{\"event_type\": \"TAKE\", \"payload\": " + payload + "}");
    assertThat(taken.status()).as(taken.raw().body()).isEqualTo(200);
  }
}
