package dev.relay.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.Relay;
import dev.relay.embedded.EmbeddedPostgres;
import dev.relay.message.ActorAddress;
import dev.relay.message.Json;
import dev.relay.node.InstanceState;
import dev.relay.node.Receipt;
import dev.relay.node.SendRequest;
import dev.relay.testkit.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two nodes that meet over Redis: one hosts the actor, the other is asked. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TwoNodesTest {
  private static final Duration BOUND = Duration.ofSeconds(30);

  private static final String COUNTER =
      """
      actor:
        name: counter
        description: Counts by name
        version: 1.0.0
        key: name
        state: { count: integer }
        handles:
          ADD:
            description: Add
            pattern: ask
            payload: { name: string, by: integer }
            do: { state: '{ "count": $sum([count, $payload.by]) }', reply: $state }
            returns: { count: integer }
          NOTE:
            description: Add without an answer
            pattern: tell
            payload: { name: string, by: integer }
            do: { state: '{ "count": $sum([count, $payload.by]) }' }
      """;

  @TempDir Path folder;

  @Test
  void asks_and_tells_reach_the_other_node_also_after_redis_was_emptied() throws IOException {
    Path actor = Files.createDirectories(folder.resolve("counter")).resolve("actor.yaml");
    Files.writeString(actor, COUNTER);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
        RedisServer redis = RedisServer.start();
        Relay host = node(postgres, redis, true);
        Relay other = node(postgres, redis, false)) {
      await().atMost(BOUND).until(() -> other.transport().orElseThrow().health().reachable());
      await().atMost(BOUND).until(() -> host.transport().orElseThrow().health().reachable());

      for (int i = 1; i <= 20; i++) {
        assertThat(count(other, i)).isEqualTo(i);
        other.tell("counter", "NOTE", payload("told"));
      }
      redis.flush();
      await().atMost(BOUND).until(() -> told(host) == 20);
      assertThat(count(other, 21)).isEqualTo(21);
    }
  }

  /** Asks until there is an answer: on a slow machine one may be late, and is then asked again. */
  private static int count(Relay relay, int request) {
    SendRequest ask =
        SendRequest.to("counter", "ADD", payload("asked")).withRequestId("ask-" + request);
    return await()
        .atMost(BOUND.multipliedBy(2))
        .ignoreExceptions()
        .until(
            () ->
                relay.send(ask).get(10, TimeUnit.SECONDS) instanceof Receipt.Answered answered
                    ? Objects.requireNonNull(answered.data()).get("count").asInt()
                    : 0,
            count -> count > 0);
  }

  private static JsonNode payload(String name) {
    return Json.mapper().valueToTree(Map.of("name", name, "by", 1));
  }

  private static int told(Relay relay) {
    return relay
        .instance(new ActorAddress("counter", "told"))
        .map(InstanceState::state)
        .map(state -> state.get("count").asInt())
        .orElse(0);
  }

  private Relay node(EmbeddedPostgres postgres, RedisServer redis, boolean hosting) {
    RedisConfig config = RedisConfig.at(redis.host(), redis.port());
    var builder =
        Relay.builder()
            .postgres(postgres.jdbcUrl(), postgres.user(), postgres.password())
            .transport(new RedisTransport(config));
    return (hosting ? builder.actors(folder) : builder).start();
  }
}
