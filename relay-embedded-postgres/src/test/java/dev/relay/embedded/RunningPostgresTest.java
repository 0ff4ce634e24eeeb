package dev.relay.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningPostgresTest {
  @TempDir Path folder;

  @Test
  void a_server_is_found_while_it_runs_and_not_after() throws SQLException {
    assertThat(RunningPostgres.on(folder)).isEmpty();

    try (EmbeddedPostgres server = EmbeddedPostgres.at(folder).start()) {
      RunningPostgres found = RunningPostgres.on(folder).orElseThrow();
      assertThat(found.jdbcUrl()).isEqualTo(server.jdbcUrl());
      assertThat(found.toString()).doesNotContain(server.password());
      try (Connection connection =
          DriverManager.getConnection(found.jdbcUrl(), found.user(), found.password())) {
        assertThat(connection.isValid(5)).isTrue();
      }
    }

    assertThat(RunningPostgres.on(folder)).isEmpty();
  }
}
