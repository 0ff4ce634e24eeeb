package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.cli.Cli.Ran;
import dev.relay.testkit.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node with a Redis, as its operator configures it. */
class RedisServeTest {
  @TempDir Path folder;

  @Test
  void published_events_reach_a_program_with_a_redis_client() throws IOException {
    try (RedisServer redis = RedisServer.withPassword("pw")) {
      Files.writeString(
          folder.resolve(".env"),
          "REDIS_HOST=127.0.0.1\nREDIS_PORT=" + redis.port() + "\nREDIS_PASSWORD=pw\n");
      try (RelayProcess node =
          RelayProcess.start(folder, "serve", ServeTest.ACTORS.toString(), "--port", "0")) {
        Ran ran =
            Cli.in(folder)
                .run(
                    "publish",
                    "ADDED",
                    "--url",
                    node.url(),
                    "--json",
                    "{\"name\":\"p\",\"count\":1}");
        assertThat(ran.code()).as(ran.err()).isZero();
        await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () ->
                    redis
                        .command("XRANGE", "relay:events", "-", "+")
                        .contains("\"type\":\"ADDED\""));
        assertThat(node.said())
            .contains("Transport  redis")
            .contains("Events     redis 127.0.0.1:" + redis.port());
        assertThat(node.terminate()).as(node.said()).isZero();
      }
    }
  }

  @Test
  void a_node_starts_without_its_redis() throws IOException {
    try (RedisServer redis = RedisServer.start()) {
      Files.writeString(folder.resolve("relay.yaml"), "redis: { port: " + redis.port() + " }\n");
      redis.kill();
      try (RelayProcess node =
          RelayProcess.start(folder, "serve", ServeTest.ACTORS.toString(), "--port", "0")) {
        assertThat(node.url()).startsWith("http");
        assertThat(node.terminate()).as(node.said()).isZero();
      }
    }
  }
}
