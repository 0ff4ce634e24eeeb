package dev.relay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.server.Caller.Reply;
import dev.relay.server.RunningNode.Node;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(RunningNode.class)
@Timeout(60)
class ActorsTest {
  private Caller caller;

  @BeforeEach
  void call(Node node) {
    caller = node.caller();
  }

  @Test
  void the_hosted_actors_are_listed_with_their_health() {
    Reply reply = caller.get("/api/actors");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("actors").valueStream().map(a -> a.path("name").asString()))
        .containsExactly("sleeper", "tally", "watcher");
    assertThat(reply.json().path("actors").path(1).path("healthy").isBoolean()).isTrue();
    assertThat(reply.json().path("actors").path(1).path("events").toString())
        .isEqualTo("[\"ADD\",\"GET_TOTAL\",\"NUDGED\",\"RESET\"]");
  }

  @Test
  void instances_are_paged_by_key_until_there_are_no_more() {
    for (int i = 0; i < 5; i++) {
      add("page/" + i);
    }
    List<String> keys = new ArrayList<>();
    int pages = 0;

    for (String path = "/api/actors/tally?limit=2&after=page%2F"; !path.isEmpty(); pages++) {
      Reply reply = caller.get(path);
      reply.json().path("instances").valueStream().forEach(i -> keys.add(i.path("key").asString()));
      path = reply.text("next");
    }

    assertThat(keys).containsSubsequence("page/0", "page/1", "page/2", "page/3", "page/4");
    assertThat(keys).doesNotHaveDuplicates();
    assertThat(pages).isGreaterThanOrEqualTo(3);
  }

  @Test
  void an_instance_shows_state_and_version() {
    add("shown");
    add("shown");

    Reply reply = caller.get("/api/actors/tally/shown");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("version").asInt()).isEqualTo(2);
    assertThat(reply.json().path("state").toString()).isEqualTo("{\"total\":2,\"worth\":0}");
    assertThat(reply.text("actor")).isEqualTo("tally");
    assertThat(reply.text("key")).isEqualTo("shown");
    assertThat(reply.text("updated_at")).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
  }

  @ParameterizedTest
  @CsvSource({"a/b, a%2Fb", "grüße, gr%C3%BC%C3%9Fe", "a b, a%20b", "50%, 50%25", "?&=, %3F%26%3D"})
  void any_key_can_be_asked_for(String key, String coded) {
    add(key);

    Reply reply = caller.get("/api/actors/tally/" + coded);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("key")).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/actors/tally/nobody, 404, RLY-2004",
    "/api/actors/taly, 404, RLY-2002",
    "/api/actors/taly/x, 404, RLY-2002",
    "/api/actors/tally/a/b, 404, HTTP-404",
    "/api/actors/tally?limit=0, 400, RLY-1002",
    "/api/actors/tally?limit=x, 400, RLY-1002",
    "/api/actors/tally?page=2, 400, RLY-1002",
    "/api/actors?x, 400, RLY-1002"
  })
  void what_isnt_there_or_isnt_understood_is_a_problem(String path, int status, String code) {
    Reply reply = caller.get(path);

    assertThat(reply.text("code")).isEqualTo(code);
    assertThat(reply.status()).isEqualTo(status);
  }

  private void add(String name) {
    Reply reply =
        caller.post(
            "/api/actors/tally",
            "{\"event_type\": \"ADD\", \"payload\": {\"name\": \"" + name + "\", \"amount\": 1}}");
    assertThat(reply.status()).isEqualTo(200);
  }
}
