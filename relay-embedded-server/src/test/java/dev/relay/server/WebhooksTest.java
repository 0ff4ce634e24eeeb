package dev.relay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.relay.failure.RelayException;
import dev.relay.server.Caller.Reply;
import dev.relay.server.RunningNode.Node;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RunningNode.class)
@Timeout(60)
class WebhooksTest {
  private static final String PATH = "/api/webhooks/counting";

  private final String name = "webhook-" + UUID.randomUUID();
  private Node node;
  private Caller caller;

  @BeforeEach
  void call(Node running) {
    node = running;
    caller = running.caller();
  }

  @Test
  void a_call_that_proves_itself_is_answered_when_its_messages_are_committed() {
    Reply reply = genuine(id() + " ADD " + name + " 3\n" + id() + " ADD " + name + " 4");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("success").asBoolean()).isTrue();
    assertThat(reply.json().path("event_ids").size()).isEqualTo(2);
    assertThat(total()).isEqualTo(7);
  }

  @Test
  void a_call_that_comes_twice_counts_once() {
    String body = id() + " ADD " + name + " 3";

    Reply first = genuine(body);
    Reply second = genuine(body);

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json()).isEqualTo(first.json());
    assertThat(total()).isEqualTo(3);
  }

  @Test
  void a_tell_that_comes_twice_is_told_once() {
    genuine(id() + " ADD " + name + " 5");
    String reset = id() + " RESET " + name;

    Reply first = genuine(reset);
    await().untilAsserted(() -> assertThat(total()).isZero());
    genuine(id() + " ADD " + name + " 6");
    Reply second = genuine(reset);

    assertThat(first.status()).isEqualTo(200);
    assertThat(second.json()).isEqualTo(first.json());
    assertThat(total()).as("the same message, not a second one").isEqualTo(6);
  }

  @Test
  void a_call_of_no_interest_is_acknowledged() {
    Reply reply = genuine("");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("event_ids").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/json"})
  void any_content_type_is_read(String type) {
    String body = id() + " ADD " + name + " 3";

    Reply reply = caller.post(PATH, body, "X-Password", "open sesame", "Content-Type", type);

    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void a_call_that_doesnt_prove_itself_is_refused_and_writes_nothing() {
    Reply reply = caller.post(PATH, id() + " ADD " + name + " 3", "X-Password", "please");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.text("code")).isEqualTo("RLY-1005");
    assertThat(reply.text("detail")).isEqualTo("the password is wrong");
    assertThat(caller.get("/api/actors/tally/" + name).status()).isEqualTo(404);
  }

  @Test
  void a_webhook_without_its_settings_says_which_one_is_missing() {
    Reply reply = caller.post(PATH + "?unset", "");

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.text("code")).isEqualTo("RLY-4011");
    assertThat(reply.text("detail")).contains(PATH, "COUNTING_SECRET");
    assertThat(reply.text("remedy")).isEqualTo("ask who counts");
  }

  @Test
  void an_unknown_webhook_is_404_and_names_the_near_one() {
    Reply reply = caller.post("/api/webhooks/countin", "");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.text("code")).isEqualTo("RLY-2009");
    assertThat(reply.text("detail")).contains("\"countin\"", "did you mean \"counting\"?");
  }

  @Test
  void what_the_contract_refuses_is_a_problem_and_the_rest_counts_once() {
    String good = id() + " ADD " + name + " 3";

    Reply reply = genuine(good + "\n" + id() + " ADD " + name + " 13");
    Reply mended = genuine(good + "\n" + id() + " ADD " + name + " 4");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text("code")).isEqualTo("RLY-2102");
    assertThat(mended.status()).isEqualTo(200);
    assertThat(total()).isEqualTo(7);
  }

  @Test
  void a_fault_of_the_webhook_is_500_without_its_inside() {
    Reply reply = genuine("stumble");

    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.text("detail")).contains("incident").doesNotContain("hunter2");
  }

  @Test
  void a_body_over_the_limit_is_413() {
    Reply reply = genuine("x".repeat((1 << 20) + 1));

    assertThat(reply.status()).isEqualTo(413);
  }

  @Test
  void two_webhooks_of_one_name_are_refused_at_start() {
    RelayServer.Builder builder =
        RelayServer.builder()
            .relay(node.relay())
            .port(0)
            .webhook(new CountingWebhook())
            .webhook(new CountingWebhook());

    assertThatThrownBy(builder::start).hasMessageContaining("two webhooks are called counting");
  }

  @Test
  void a_webhook_that_isnt_there_is_refused_with_the_file_that_names_it(@TempDir Path folder)
      throws Exception {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve("dev.relay.server.webhook.Webhook"), "shop.NowhereWebhook\n");
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      assertThatThrownBy(() -> RelayServer.builder().webhooks(loader))
          .isInstanceOf(RelayException.class)
          .hasMessageContaining("shop.NowhereWebhook");
    }
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }

  private int total() {
    Reply reply =
        caller.post(
            "/api/actors/tally",
            "{\"event_type\": \"GET_TOTAL\", \"payload\": {\"name\": \"" + name + "\"}}");
    return reply.json().path("data").path("total").asInt();
  }

  private Reply genuine(String body) {
    return caller.post(PATH, body, "X-Password", "open sesame");
  }
}
