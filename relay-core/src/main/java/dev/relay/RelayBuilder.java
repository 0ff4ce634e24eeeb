package dev.relay;

import dev.relay.actor.RelayActor;
import dev.relay.failure.RelayException;
import dev.relay.node.NodeOptions;
import dev.relay.postgres.ConnectionSource;
import dev.relay.postgres.PostgresStores;
import dev.relay.store.Retention;
import dev.relay.transport.Transport;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link Relay} is made of. Not thread-safe. */
public final class RelayBuilder {
  final List<Path> actorPaths = new ArrayList<>();
  final List<Path> flowPaths = new ArrayList<>();
  final Map<String, RelayActor<?>> actors = new HashMap<>();
  final Set<String> hosted = new TreeSet<>();
  @Nullable DataSource dataSource;
  @Nullable ConnectionSettings connection;
  ClassLoader classLoader = contextLoader();
  MeterRegistry metrics = new SimpleMeterRegistry();
  NodeOptions options = NodeOptions.DEFAULT;
  InstantSource clock = InstantSource.system();
  Retention retention = Retention.DEFAULT;
  boolean migrate = true;
  @Nullable TransportSource transport;
  @Nullable String url;

  RelayBuilder() {}

  /**
   * Connects through the app's own pool, which stays the app's to close. Its connections are in
   * auto-commit mode and there are enough: two, and two for each lane.
   */
  public RelayBuilder postgres(DataSource value) {
    dataSource = value;
    connection = null;
    return this;
  }

  /** Connects by a JDBC URL, for example {@code jdbc:postgresql://localhost:5432/shop}. */
  public RelayBuilder postgres(String jdbcUrl, String user, String password) {
    connection = new ConnectionSettings(jdbcUrl, user, password);
    dataSource = null;
    return this;
  }

  /**
   * Adds actors: a folder with one folder an actor ({@code actors/cart/actor.yaml}), or one file.
   * May be called again for more.
   */
  public RelayBuilder actors(Path... paths) {
    actorPaths.addAll(Arrays.asList(paths));
    return this;
  }

  /**
   * Adds flows: a folder with one file a flow ({@code flows/checkout.yaml}), or one file. May be
   * called again for more. The node hosts them like actors, under the name {@code flow-checkout}.
   */
  public RelayBuilder flows(Path... paths) {
    flowPaths.addAll(Arrays.asList(paths));
    return this;
  }

  /**
   * Gives the object that handles for every definition whose {@code class} is its class; for actors
   * that need something handed to them. Others are made by their constructor without parameters.
   */
  public RelayBuilder actor(RelayActor<?> actor) {
    actors.put(actor.getClass().getName(), actor);
    return this;
  }

  /** Hosts only these of the defined actors; all of them unless called. */
  public RelayBuilder host(String... actorNames) {
    hosted.addAll(Arrays.asList(actorNames));
    return this;
  }

  /** Where the classes of actors are found; the caller's context class loader by default. */
  public RelayBuilder classLoader(ClassLoader loader) {
    classLoader = loader;
    return this;
  }

  /** Where metrics go; nowhere by default. */
  public RelayBuilder metrics(MeterRegistry registry) {
    metrics = registry;
    return this;
  }

  /** How much the node takes on; {@link NodeOptions#DEFAULT} by default. */
  public RelayBuilder options(NodeOptions value) {
    options = value;
    return this;
  }

  /** The clock of turns and messages; the system's by default. */
  public RelayBuilder clock(InstantSource value) {
    clock = value;
    return this;
  }

  /**
   * Shares the work with other nodes on the same Postgres, which this transport carries notices and
   * letters between. Without one, a node is alone and works on everything it hosts. The Relay
   * closes it.
   */
  public RelayBuilder transport(Transport value) {
    transport = (dataSource, listening) -> value;
    return this;
  }

  /**
   * Shares the work with other nodes through nothing but Postgres.
   *
   * @param listen whether {@code LISTEN} works on connections of the builder's own; behind a pooler
   *     in transaction mode it doesn't, and the transport polls. With a pool of the app's it always
   *     polls
   */
  public RelayBuilder postgresTransport(boolean listen) {
    transport =
        (dataSource, listening) -> PostgresStores.transport(dataSource, listen ? listening : null);
    return this;
  }

  /** Where this node answers HTTP, as other nodes and people list it; nowhere by default. */
  public RelayBuilder url(@Nullable String value) {
    url = value;
    return this;
  }

  /** How long journal and recorded answers are kept; {@link Retention#DEFAULT} by default. */
  public RelayBuilder retention(Retention value) {
    retention = value;
    return this;
  }

  /** Whether pending migrations are applied at start, true by default; if not they must be. */
  public RelayBuilder migrate(boolean apply) {
    migrate = apply;
    return this;
  }

  /**
   * Reads the definitions, migrates, applies the definitions to the catalog and starts the node.
   * Blocks on Postgres; when it returns, the node takes work.
   *
   * @throws RelayException {@code DEFINITION_INVALID} with every problem, {@code
   *     DATABASE_UNREACHABLE}, {@code CATALOG_VERSION} or {@code CATALOG_CONFLICT}; nothing is left
   *     running then
   */
  public Relay start() {
    return Startup.start(this);
  }

  /** Makes the transport once there is a database. */
  @FunctionalInterface
  interface TransportSource {
    Transport make(DataSource dataSource, @Nullable ConnectionSource listening);
  }

  record ConnectionSettings(String jdbcUrl, String user, String password) {
    /** A connection beside the pool, for listening. */
    Connection open() throws SQLException {
      return DriverManager.getConnection(jdbcUrl, user, password);
    }

    @Override
    public String toString() {
      return user + " at " + jdbcUrl;
    }
  }

  private static ClassLoader contextLoader() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return loader != null ? loader : RelayBuilder.class.getClassLoader();
  }
}
