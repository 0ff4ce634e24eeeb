package dev.relay.bench.contestant;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.relay.bench.load.Carts;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.BlockingHandler;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Yardstick (b): the service that most teams would write. A blocking handler, a connection pool,
 * and for each request one transaction that locks the cart's row, writes it and adds to an outbox.
 */
final class HandWritten implements Contestant {
  /** Tried on two cores with 64 and 256 clients: 8, 16 and 32 serve alike, 64 serves half. */
  private static final int POOL_SIZE = Integer.getInteger("bench.pool", 32);

  /**
   * Twice the pool: while half of the workers wait for the database, the others parse and write.
   */
  private static final int WORKERS = 2 * POOL_SIZE;

  @Override
  public String name() {
    return "b";
  }

  @Override
  public String title() {
    return "hand-written: Undertow, HikariCP, SELECT FOR UPDATE, upsert, outbox, commit";
  }

  @Override
  public Running start(Database database, Carts carts) throws SQLException {
    database.execute(HandWrittenStore.TABLES);
    HikariDataSource pool = pool(database);
    HttpHandler addToCart = new BlockingHandler(new HandWrittenHandler(new HandWrittenStore(pool)));
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setWorkerThreads(WORKERS)
            .setHandler(Handlers.routing().post("/api/actors/cart", addToCart))
            .build();
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    return Running.of(
        new Door.Http(address.getPort()),
        () -> {
          server.stop();
          pool.close();
        });
  }

  @Override
  public Optional<String> writtenQuery() {
    return Optional.of("SELECT count(*) FROM outbox");
  }

  private static HikariDataSource pool(Database database) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.jdbcUrl());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setMaximumPoolSize(POOL_SIZE);
    config.setAutoCommit(false);
    return new HikariDataSource(config);
  }
}
