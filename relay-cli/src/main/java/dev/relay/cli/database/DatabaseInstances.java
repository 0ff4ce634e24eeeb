package dev.relay.cli.database;

import dev.relay.cli.config.Session;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import java.util.List;

/** Actor instances as Postgres holds them, in the form of a node's answers. */
public final class DatabaseInstances {
  private static final String FIND =
      """
      SELECT json_build_object(
               'actor', actor, 'key', key, 'version', version,
               'updated_at', to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
               'state', state - '$state_version')
        FROM relay.actor_state WHERE actor = ? AND key = ?
      """;

  private DatabaseInstances() {}

  /**
   * One instance.
   *
   * @throws RelayException {@code UNKNOWN_INSTANCE} where it has no state
   */
  public static JsonObject find(Session session, String actor, String key) {
    try (Database database = Database.open(session)) {
      List<String> rows = new Rows(database.dataSource()).texts(FIND, actor, key);
      if (rows.isEmpty()) {
        throw RelayException.of(
                ErrorCode.UNKNOWN_INSTANCE, "there is no state of " + actor + "/" + key)
            .remedy("relay actor list " + actor + " shows the keys there are")
            .build();
      }
      return JsonText.object(rows.get(0));
    }
  }
}
