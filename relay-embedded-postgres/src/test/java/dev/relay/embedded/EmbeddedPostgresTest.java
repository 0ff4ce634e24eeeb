package dev.relay.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

  @TempDir Path folder;

  @Test
  void a_second_start_finds_the_rows_of_the_first() throws SQLException {
    int port;
    try (EmbeddedPostgres postgres = EmbeddedPostgres.at(folder).start()) {
      port = postgres.port();
      execute(postgres, "create table kept (value text)");
      execute(postgres, "insert into kept values ('here')");
    }
    try (EmbeddedPostgres postgres = EmbeddedPostgres.at(folder).start()) {
      assertThat(query(postgres, "select value from kept")).isEqualTo("here");
      assertThat(postgres.port()).isEqualTo(port);
    }
  }

  @Test
  void a_second_server_on_the_folder_is_refused() {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.at(folder).start()) {
      assertThat(postgres.pid()).isPositive();
      assertThatThrownBy(() -> EmbeddedPostgres.at(folder).start())
          .isInstanceOfSatisfying(
              EmbeddedPostgresException.class,
              e -> assertThat(e.kind()).isEqualTo(EmbeddedPostgresException.Kind.LOCKED));
    }
  }

  private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }
}
