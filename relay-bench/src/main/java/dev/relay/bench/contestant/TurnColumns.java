package dev.relay.bench.contestant;

import com.github.f4b6a3.uuid.UuidCreator;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/** Some turns as columns, the way {@code unnest} takes them. */
final class TurnColumns {
  private final UUID[] ids;
  private final String[] actors;
  private final String[] keys;
  private final Long[] versions;
  private final String[] states;
  private final String[] messages;
  private final String[] emitted;

  TurnColumns(int size) {
    this.ids = new UUID[size];
    this.actors = new String[size];
    this.keys = new String[size];
    this.versions = new Long[size];
    this.states = new String[size];
    this.messages = new String[size];
    this.emitted = new String[size];
  }

  int size() {
    return ids.length;
  }

  void set(
      int i, String actor, String key, long version, String state, String message, String out) {
    ids[i] = UuidCreator.getTimeOrderedEpoch();
    actors[i] = actor;
    keys[i] = key;
    versions[i] = version;
    states[i] = state;
    messages[i] = message;
    emitted[i] = out;
  }

  /** Binds the seven columns, from this parameter on. */
  void bind(PreparedStatement statement, int first) throws SQLException {
    Columns columns = new Columns(statement, first);
    columns.next("uuid", ids);
    columns.next("text", actors);
    columns.next("text", keys);
    columns.next("bigint", versions);
    columns.next("text", states);
    columns.next("text", messages);
    columns.next("text", emitted);
  }
}
