package dev.relay.bench.contestant;

import dev.relay.bench.load.BlockingLoad;
import dev.relay.bench.load.Carts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Yardstick (a): one upsert of a full cart and one commit at a time, on 64 connections. */
final class SingleUpserts implements Contestant {
  private static final int CONNECTIONS = 64;

  private static final String TABLE =
      """
      CREATE TABLE carts (
        user_id    text PRIMARY KEY,
        state      jsonb NOT NULL,
        version    bigint NOT NULL,
        updated_at timestamptz NOT NULL
      )
      """;

  private static final String UPSERT =
      """
      INSERT INTO carts AS c (user_id, state, version, updated_at)
      VALUES (?, ?::jsonb, 1, now())
      ON CONFLICT (user_id) DO UPDATE
      SET state = excluded.state, version = c.version + 1, updated_at = excluded.updated_at
      """;

  @Override
  public String name() {
    return "a";
  }

  @Override
  public String title() {
    return "single-row upserts through JDBC, " + CONNECTIONS + " connections, one commit each";
  }

  @Override
  public List<Integer> clients(List<Integer> asked) {
    return List.of(CONNECTIONS);
  }

  @Override
  public Running start(Database database, Carts carts) throws SQLException {
    database.execute(TABLE);
    TurnRows rows = new TurnRows(carts);
    BlockingLoad load =
        new BlockingLoad((index, clients) -> new Upserts(database.connect(), index, rows));
    return Running.of(new Door.InProcess(load), () -> {});
  }

  @Override
  public Optional<String> writtenQuery() {
    return Optional.of("SELECT sum(version) FROM carts");
  }

  private static final class Upserts implements BlockingLoad.Client {
    private final Connection connection;
    private final PreparedStatement upsert;
    private final SplittableRandom random;
    private final TurnRows rows;

    Upserts(Connection connection, int seed, TurnRows rows) throws SQLException {
      this.connection = connection;
      this.upsert = connection.prepareStatement(UPSERT);
      this.random = new SplittableRandom(seed);
      this.rows = rows;
    }

    @Override
    public int call() throws SQLException {
      int cart = random.nextInt(rows.carts());
      upsert.setString(1, rows.cartKey(cart));
      upsert.setString(2, rows.cartState(cart));
      return upsert.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
