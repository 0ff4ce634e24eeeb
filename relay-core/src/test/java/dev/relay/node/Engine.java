package dev.relay.node;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.relay.cluster.CuttableMembers;
import dev.relay.cluster.Member;
import dev.relay.cluster.Membership;
import dev.relay.cluster.NodeName;
import dev.relay.embedded.EmbeddedPostgres;
import dev.relay.message.Json;
import dev.relay.postgres.Migrations;
import dev.relay.postgres.PostgresStores;
import dev.relay.store.TurnStore;
import dev.relay.transport.Transport;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** A real Postgres with the counter actors, and as many nodes on it as a test wants. */
final class Engine implements AutoCloseable {
  final EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
  final CounterActors actors = new CounterActors();
  final HikariDataSource dataSource;
  private final List<Runnable> opened = new ArrayList<>();

  Engine() {
    dataSource = pool();
    new Migrations(dataSource).apply();
  }

  HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(postgres.jdbcUrl());
    config.setUsername(postgres.user());
    config.setPassword(postgres.password());
    config.setMaximumPoolSize(8);
    config.setConnectionTimeout(2_000);
    HikariDataSource pool = new HikariDataSource(config);
    opened.add(pool::close);
    return pool;
  }

  Node node() {
    return node(NodeOptions.DEFAULT, store -> store);
  }

  Node node(NodeOptions options, UnaryOperator<TurnStore> wrap) {
    Node node =
        new Node(
            options,
            actors.behaviours(),
            wrap.apply(PostgresStores.turns(pool())),
            actors::catalog,
            new SimpleMeterRegistry(),
            InstantSource.system());
    node.start();
    opened.add(node::close);
    return node;
  }

  /** A node among others, with some of the actors. */
  Neighbour neighbour(Transport transport, String... actorNames) {
    HikariDataSource own = pool();
    Set<String> hosted = Set.of(actorNames);
    CuttableMembers members = new CuttableMembers(PostgresStores.members(own));
    Membership membership =
        new Membership(
            members,
            PostgresStores.memberNews(
                () ->
                    DriverManager.getConnection(
                        postgres.jdbcUrl(), postgres.user(), postgres.password())),
            new Member(
                NodeName.mint(), 1, hosted, "test", NodeName.place(), null, false, Instant.EPOCH),
            new Membership.Timing(Duration.ofMillis(100), Duration.ofMillis(1_500)));
    membership.start();
    Node node =
        new Node(
            NodeOptions.DEFAULT,
            actors.behaviours().stream()
                .filter(behaviour -> hosted.contains(behaviour.definition().name()))
                .toList(),
            PostgresStores.turns(own, membership),
            actors::catalog,
            new SimpleMeterRegistry(),
            InstantSource.system(),
            new Peers(membership, transport));
    node.start();
    opened.add(membership::close);
    opened.add(node::close);
    return new Neighbour(node, membership, members);
  }

  /**
   * A node among others.
   *
   * @param members its way to the list of nodes, which can be cut
   */
  record Neighbour(Node node, Membership membership, CuttableMembers members) {}

  static ObjectNode amount(String id, int n) {
    return Json.mapper().createObjectNode().put("id", id).put("n", n);
  }

  static Receipt.Answered ask(Node node, String event, String id, int n) {
    SendRequest request = SendRequest.to("counter", event, amount(id, n));
    return (Receipt.Answered) await(node, request);
  }

  static Receipt await(Node node, SendRequest request) {
    try {
      return node.send(request).get(30, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(failed);
    } catch (InterruptedException | java.util.concurrent.TimeoutException never) {
      throw new IllegalStateException(never);
    }
  }

  /** The first column of the first row, as text. */
  String sql(String query) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  long count(String query) {
    return Long.parseLong(sql(query));
  }

  /** What the ledger of a key has seen, in order. */
  String seen(String key) {
    return sql(
        "SELECT state ->> 'seen' FROM relay.actor_state WHERE actor = 'ledger' AND key = '"
            + key
            + "'");
  }

  @Override
  public void close() {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).run();
    }
    postgres.close();
  }
}
