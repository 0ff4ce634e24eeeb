package dev.relay.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.relay.Relay;
import dev.relay.RelayBuilder;
import dev.relay.Reply;
import dev.relay.ask.AskingActors.In;
import dev.relay.ask.AskingActors.Sum;
import dev.relay.postgres.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Turns that wait hold neither a connection nor a thread that others need. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WaitingTurnsIT {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final int TURNS = 200;

  @Test
  void two_hundred_turns_wait_on_two_connections_and_all_are_answered(@TempDir Path folder)
      throws Exception {
    AskingActors actors = new AskingActors();
    CountDownLatch gate = new CountDownLatch(1);
    actors.on("DO_FRONT", (in, turn) -> turn.ask("middle", "DO_MIDDLE", in).as(Sum.class));
    actors.on(
        "DO_MIDDLE",
        (in, turn) -> {
          if (!gate.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody opened the gate");
          }
          return AskingActors.add(in, turn);
        });
    try (TestDatabase database = TestDatabase.create();
        HikariDataSource pool = pool(database);
        Relay relay = relay(actors, pool, folder)) {
      List<CompletableFuture<Reply>> answers = new ArrayList<>();
      for (int i = 0; i < TURNS; i++) {
        answers.add(relay.askAsync("front", "DO_FRONT", new In("k" + i, i)));
      }
      // as many as find a thread on this JVM, and with each of them the one it asked
      await().atMost(BOUND).until(() -> actors.runs.size() >= 2 * 64);
      await().atMost(BOUND).until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
      assertThat(relay.ask("front", "PURE_FRONT", new In("other", 1)).as(Sum.class).n())
          .isEqualTo(1);
      assertThat(answers).noneMatch(CompletableFuture::isDone);

      gate.countDown();
      for (int i = 0; i < TURNS; i++) {
        assertThat(answers.get(i).get(20, TimeUnit.SECONDS).as(Sum.class).n()).isEqualTo(i);
      }
    }
  }

  private static Relay relay(AskingActors actors, HikariDataSource pool, Path folder) {
    RelayBuilder builder = Relay.builder().postgres(pool).actors(AskingActors.definitions(folder));
    actors.actors().forEach(builder::actor);
    return builder.start();
  }

  private static HikariDataSource pool(TestDatabase database) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.jdbcUrl());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setMaximumPoolSize(2);
    return new HikariDataSource(config);
  }
}
