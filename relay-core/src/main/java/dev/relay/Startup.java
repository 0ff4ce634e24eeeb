package dev.relay;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogChanges;
import dev.relay.catalog.CatalogStore;
import dev.relay.definition.ActorDefinition;
import dev.relay.definition.ActorDefinitionReader;
import dev.relay.definition.DefinitionSet;
import dev.relay.definition.FlowDefinitionReader;
import dev.relay.definition.FlowSet;
import dev.relay.definition.InvalidDefinitionException;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.flow.FlowActor;
import dev.relay.flow.FlowCatalog;
import dev.relay.flow.FlowGauge;
import dev.relay.flow.FlowNames;
import dev.relay.flow.FlowRuns;
import dev.relay.flow.Flows;
import dev.relay.node.DeadLetterGauge;
import dev.relay.node.DeadLetters;
import dev.relay.node.Instances;
import dev.relay.node.Node;
import dev.relay.node.Nodes;
import dev.relay.node.Tracer;
import dev.relay.postgres.CatalogWatch;
import dev.relay.postgres.Migrations;
import dev.relay.postgres.PostgresCatalogStore;
import dev.relay.postgres.PostgresStores;
import dev.relay.store.InstanceFinder;
import dev.relay.turn.Behaviour;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Wires a Relay together; if a step fails, what the earlier ones started is stopped again. */
final class Startup {
  /** Connections beside those of the lanes: sweeper, catalog, feed, and people who look. */
  private static final int CONNECTIONS_BESIDE_LANES = 8;

  /** Between two looks whether the coming days have their partitions. */
  private static final long UPKEEP_HOURS = 6;

  /** Between two counts of dead letters: a walk over their part of an index. */
  private static final long COUNT_SECONDS = 10;

  /** Between two batches of instances that get into an index; leaves Postgres to the turns. */
  private static final long INDEX_MILLIS = 10;

  /** Between two counts of business metrics: as often as they are usually scraped. */
  private static final long METRIC_SECONDS = 10;

  private final RelayBuilder builder;
  private final Deque<Runnable> undo = new ArrayDeque<>();

  private Startup(RelayBuilder builder) {
    this.builder = builder;
  }

  static Relay start(RelayBuilder builder) {
    Startup startup = new Startup(builder);
    try {
      return startup.wire();
    } catch (RuntimeException | Error failure) {
      startup.undo.forEach(Runnable::run);
      throw failure;
    }
  }

  private Relay wire() {
    DefinitionSet definitions = definitions();
    FlowSet flows = flows();
    List<Behaviour> behaviours = behaviours(definitions, flows);
    DataSource dataSource = dataSource();
    migrate(dataSource);
    CatalogStore catalogStore = new PostgresCatalogStore(dataSource);
    CatalogChanges changes = apply(definitions, flows, catalogStore);
    CatalogWatch watch = watch(catalogStore);
    undo.addFirst(watch::close);
    FlowCatalog catalogs = new FlowCatalog(watch::current);
    Runnable days = PostgresStores.partitionUpkeep(dataSource, builder.retention, builder.clock);
    days.run();
    Neighbourhood others = Neighbourhood.of(builder, behaviours, dataSource);
    undo.addFirst(others::close);
    InstanceFinder finder = PostgresStores.finder(dataSource);
    IndexUpkeep indexes = new IndexUpkeep(finder, definitions.definitions(), behaviours);
    indexes.declare();
    MetricUpkeep metrics =
        new MetricUpkeep(
            PostgresStores.metrics(dataSource), definitions.definitions(), builder.metrics);
    Node node =
        new Node(
            builder.options,
            behaviours,
            PostgresStores.turns(dataSource, others.fencing()),
            catalogs,
            builder.metrics,
            builder.clock,
            others.peers(),
            finder);
    node.start();
    undo.addFirst(node::close);
    DeadLetters deadLetters =
        new DeadLetters(PostgresStores.deadLetters(dataSource), catalogs, node::look);
    Runnable upkeep =
        upkeep(days, deadLetters, behaviours, flowGauge(dataSource, behaviours), indexes, metrics);
    return new Relay(
        new Relay.Parts(
            node,
            watch,
            catalogStore,
            PostgresStores.feed(dataSource),
            new Tracer(PostgresStores.history(dataSource), catalogs, builder.clock),
            new Nodes(
                PostgresStores.members(dataSource),
                PostgresStores.history(dataSource),
                builder.clock),
            PostgresStores.instances(dataSource),
            new Instances(finder, catalogs, builder.clock),
            metrics,
            dataSource,
            deadLetters,
            changes,
            others.peers(),
            new Flows(node::send, catalogs),
            new FlowRuns(
                PostgresStores.flows(dataSource), PostgresStores.instances(dataSource), catalogs)),
        List.of(others::close, upkeep, watch::close, () -> closeOwned(dataSource)));
  }

  private DefinitionSet definitions() {
    try {
      return new ActorDefinitionReader().readPaths(builder.actorPaths);
    } catch (InvalidDefinitionException invalid) {
      throw invalid(invalid);
    }
  }

  private FlowSet flows() {
    try {
      return new FlowDefinitionReader().readPaths(builder.flowPaths);
    } catch (InvalidDefinitionException invalid) {
      throw invalid(invalid);
    }
  }

  private static RelayException invalid(InvalidDefinitionException invalid) {
    return RelayException.of(ErrorCode.DEFINITION_INVALID, String.valueOf(invalid.getMessage()))
        .cause(invalid)
        .build();
  }

  private List<Behaviour> behaviours(DefinitionSet definitions, FlowSet flows) {
    Set<String> missing = new TreeSet<>(builder.hosted);
    definitions.definitions().forEach(definition -> missing.remove(definition.name()));
    flows.flows().forEach(flow -> missing.remove(FlowNames.actor(flow.name())));
    if (!missing.isEmpty()) {
      throw RelayException.of(
              ErrorCode.UNKNOWN_ACTOR,
              "to be hosted but not defined: "
                  + String.join(", ", missing)
                  + "; defined are "
                  + definitions.definitions().stream().map(ActorDefinition::name).toList())
          .build();
    }
    RelayActors actors = new RelayActors(builder.actors, builder.classLoader);
    List<Behaviour> behaviours = new ArrayList<>();
    definitions.definitions().stream()
        .filter(each -> hosts(each.name()))
        .map(actors::bind)
        .forEach(behaviours::add);
    flows.flows().stream()
        .filter(flow -> !flow.expected() && hosts(FlowNames.actor(flow.name())))
        .map(flow -> FlowActor.of(flow, builder.metrics, builder.clock))
        .forEach(behaviours::add);
    return behaviours;
  }

  private boolean hosts(String actor) {
    return builder.hosted.isEmpty() || builder.hosted.contains(actor);
  }

  private DataSource dataSource() {
    DataSource given = builder.dataSource;
    if (given != null) {
      return given;
    }
    RelayBuilder.ConnectionSettings settings = builder.connection;
    if (settings == null) {
      throw new IllegalStateException("a Relay needs a Postgres: call postgres(…) before start()");
    }
    HikariConfig config = new HikariConfig();
    config.setPoolName("relay");
    config.setDataSource(new PatientConnections(server(settings)));
    config.setMaximumPoolSize(2 * builder.options.lanes() + CONNECTIONS_BESIDE_LANES);
    config.setMinimumIdle(builder.options.lanes() + 1);
    config.setConnectionTimeout(3_000);
    config.setInitializationFailTimeout(-1);
    HikariDataSource pool = new HikariDataSource(config);
    undo.addFirst(pool::close);
    return pool;
  }

  private static DataSource server(RelayBuilder.ConnectionSettings settings) {
    Properties driver = new Properties();
    driver.setProperty("ApplicationName", "relay");
    driver.setProperty("tcpKeepAlive", "true");
    driver.setProperty("prepareThreshold", "1");
    return new DriverDataSource(
        settings.jdbcUrl(), null, driver, settings.user(), settings.password());
  }

  private void migrate(DataSource dataSource) {
    Migrations migrations = new Migrations(dataSource);
    if (builder.migrate) {
      migrations.apply();
    } else {
      migrations.verify();
    }
  }

  private static CatalogChanges apply(
      DefinitionSet definitions, FlowSet flows, CatalogStore store) {
    try {
      Catalog catalog = store.load();
      definitions.check(catalog);
      flows.check(definitions, catalog);
    } catch (InvalidDefinitionException invalid) {
      throw invalid(invalid);
    }
    return store.apply(flows.draft(definitions.draft()));
  }

  private CatalogWatch watch(CatalogStore store) {
    RelayBuilder.ConnectionSettings settings = builder.connection;
    return CatalogWatch.start(
        store, settings == null ? null : settings::open, CatalogWatch.DEFAULT_POLL);
  }

  private Runnable upkeep(
      Runnable days,
      DeadLetters deadLetters,
      List<Behaviour> behaviours,
      Runnable flowGauge,
      IndexUpkeep indexes,
      MetricUpkeep metrics) {
    Runnable gauge =
        new DeadLetterGauge(
            deadLetters,
            behaviours.stream().map(each -> each.definition().name()).toList(),
            builder.metrics);
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "relay-upkeep");
              thread.setDaemon(true);
              return thread;
            });
    timer.scheduleWithFixedDelay(days, UPKEEP_HOURS, UPKEEP_HOURS, TimeUnit.HOURS);
    timer.scheduleWithFixedDelay(metrics, 1, METRIC_SECONDS, TimeUnit.SECONDS);
    timer.scheduleWithFixedDelay(indexes, 0, INDEX_MILLIS, TimeUnit.MILLISECONDS);
    timer.scheduleWithFixedDelay(gauge, 0, COUNT_SECONDS, TimeUnit.SECONDS);
    timer.scheduleWithFixedDelay(flowGauge, 0, COUNT_SECONDS, TimeUnit.SECONDS);
    undo.addFirst(timer::shutdownNow);
    return timer::shutdownNow;
  }

  private Runnable flowGauge(DataSource dataSource, List<Behaviour> behaviours) {
    List<String> flows =
        behaviours.stream()
            .map(each -> each.definition().name())
            .filter(FlowNames::isFlow)
            .toList();
    return new FlowGauge(PostgresStores.flows(dataSource), flows, builder.metrics);
  }

  private void closeOwned(@Nullable DataSource dataSource) {
    if (builder.dataSource == null && dataSource instanceof HikariDataSource pool) {
      pool.close();
    }
  }
}
