package dev.relay.cli.database;

import dev.relay.embedded.EmbeddedPostgres;
import java.util.List;

/** One query to a database of the moment: for the list of classes that a query needs. */
public final class DatabaseRehearsal {
  private DatabaseRehearsal() {}

  /** Does nothing that stays. */
  public static void run() {
    try (EmbeddedPostgres server = EmbeddedPostgres.temporary();
        Database database =
            new Database(server.jdbcUrl(), server.user(), server.password(), "", null)) {
      String query = "SELECT json_build_object('a', ?::text)";
      List<String> rows = new Rows(database.dataSource()).texts(query, "b");
      if (rows.size() != 1) {
        throw new IllegalStateException("one row is expected, found " + rows.size());
      }
    }
  }
}
