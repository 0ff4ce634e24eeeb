package dev.relay.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens a new connection to Postgres, owned by the caller and not taken from a pool. */
@FunctionalInterface
public interface ConnectionSource {
  Connection open() throws SQLException;
}
