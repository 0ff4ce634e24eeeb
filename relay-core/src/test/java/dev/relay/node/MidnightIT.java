package dev.relay.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * Request ids around midnight, when the same one may be recorded for two days. Nobody waits for
 * midnight: the function of the database is told that it always is, and that each transaction began
 * before or after it as chance has it.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MidnightIT {
  @Test
  void an_id_that_comes_on_both_days_at_once_is_recorded_once() throws SQLException {
    try (Engine engine = new Engine()) {
      itIsAlwaysMidnight(engine);
      Node first = engine.node();
      Node second = engine.node();
      List<CompletableFuture<Receipt>> answers = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        SendRequest request =
            SendRequest.to("ledger", CounterActors.RECORD, Engine.amount("midnight-" + i, i))
                .withRequestId("midnight-" + i);
        answers.add(first.send(request));
        answers.add(second.send(request));
      }
      answers.forEach(CompletableFuture::join);

      assertThat(engine.count("SELECT count(DISTINCT day) FROM relay.requests")).isGreaterThan(1);
      assertThat(engine.count("SELECT count(*) FROM relay.requests")).isEqualTo(300);
      for (int i = 0; i < answers.size(); i += 2) {
        assertThat(answers.get(i).join().id()).isEqualTo(answers.get(i + 1).join().id());
      }
    }
  }

  private static void itIsAlwaysMidnight(Engine engine) throws SQLException {
    try (Connection connection = engine.dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          DO $m$
          DECLARE
            known text := pg_get_functiondef('relay.commit_group'::regproc);
            always text := replace(known, '< 600', '< 1e9');
            changed text := replace(always, $$(now() AT TIME ZONE 'UTC')::date, n.fingerprint$$,
              $$(now() AT TIME ZONE 'UTC')::date + (random() * 2)::integer, n.fingerprint$$);
          BEGIN
            ASSERT known <> always AND always <> changed;
            EXECUTE changed;
          END $m$
          """);
    }
  }
}
