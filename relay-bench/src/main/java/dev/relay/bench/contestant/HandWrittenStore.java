package dev.relay.bench.contestant;

import dev.relay.bench.contestant.HandWrittenCart.AddToCart;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** The hand-written service's cart and outbox tables: one transaction a request. Thread-safe. */
final class HandWrittenStore {
  static final String TABLES =
      """
      CREATE TABLE carts (
        user_id    text PRIMARY KEY,
        state      jsonb NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE outbox (
        id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        event_type text NOT NULL,
        aggregate  text NOT NULL,
        payload    jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      """;

  private static final String LOCK = "SELECT state FROM carts WHERE user_id = ? FOR UPDATE";

  private static final String CREATE =
      "INSERT INTO carts (user_id, state) VALUES (?, ?::jsonb) ON CONFLICT (user_id) DO NOTHING";

  private static final String SAVE =
      """
      INSERT INTO carts (user_id, state) VALUES (?, ?::jsonb)
      ON CONFLICT (user_id) DO UPDATE SET state = excluded.state, updated_at = now()
      """;

  private static final String EMIT =
      "INSERT INTO outbox (event_type, aggregate, payload) VALUES (?, ?, ?::jsonb)";

  private static final JsonMapper JSON = JsonMapper.shared();

  private final DataSource dataSource;

  HandWrittenStore(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  HandWrittenCart add(AddToCart command) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      try {
        HandWrittenCart cart = locked(connection, command.userId()).with(command);
        write(connection, SAVE, command.userId(), JSON.writeValueAsString(cart));
        ItemAdded event = new ItemAdded(command.userId(), command.productId(), cart.total());
        write(
            connection,
            EMIT,
            "ITEM_ADDED_TO_CART",
            command.userId(),
            JSON.writeValueAsString(event));
        connection.commit();
        return cart;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  /** A row that isn't there can't be locked: two first requests would lose one another's item. */
  private static HandWrittenCart locked(Connection connection, String userId) throws SQLException {
    while (true) {
      try (PreparedStatement select = connection.prepareStatement(LOCK)) {
        select.setString(1, userId);
        try (ResultSet row = select.executeQuery()) {
          if (row.next()) {
            return JSON.readValue(row.getString(1), HandWrittenCart.class);
          }
        }
      }
      write(connection, CREATE, userId, JSON.writeValueAsString(HandWrittenCart.EMPTY));
    }
  }

  private static void write(Connection connection, String sql, String... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  record ItemAdded(String userId, String productId, BigDecimal total) {}
}
