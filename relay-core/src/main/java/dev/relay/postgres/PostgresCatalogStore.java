package dev.relay.postgres;

import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogChanges;
import dev.relay.catalog.CatalogDraft;
import dev.relay.catalog.CatalogPlan;
import dev.relay.catalog.CatalogSnapshots;
import dev.relay.catalog.CatalogStore;
import dev.relay.catalog.EventDefinition;
import dev.relay.catalog.EventDraft;
import dev.relay.catalog.StoredCatalog;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * The catalog in Postgres. Thread-safe; every method takes one connection from the data source and
 * gives it back.
 *
 * <p>Writers run one after the other: each locks the row that holds the catalog's version, the row
 * that the triggers lock for whoever changes the catalog with SQL.
 */
public final class PostgresCatalogStore implements CatalogStore {
  private static final String VERSION = "SELECT version FROM relay.catalog_version";
  private static final String LOCK = "SELECT version FROM relay.catalog_version FOR UPDATE";

  /** Long enough for another node's apply, short enough to tell of a psql left in a transaction. */
  private static final String LOCK_TIMEOUT = "SET LOCAL lock_timeout = '10s'";

  private final Jdbi jdbi;
  private final CatalogSnapshots snapshots = new CatalogSnapshots();

  public PostgresCatalogStore(DataSource database) {
    this.jdbi = Jdbi.create(database);
    jdbi.registerArrayType(String.class, "text");
    jdbi.registerArrayType(Integer.class, "int4");
  }

  @Override
  public Catalog load() {
    return reading(
        "loading the catalog",
        handle ->
            snapshots.of(version(handle), CatalogRows.events(handle), CatalogRows.actors(handle)));
  }

  @Override
  public long version() {
    try {
      return jdbi.withHandle(PostgresCatalogStore::version);
    } catch (JdbiException failure) {
      throw PostgresFailure.of("reading the catalog's version", failure);
    }
  }

  @Override
  public CatalogChanges preview(CatalogDraft draft) {
    return plan(draft).changes();
  }

  /** A draft that changes nothing takes no lock, so nodes start whoever holds it. */
  @Override
  public CatalogChanges apply(CatalogDraft draft) {
    CatalogPlan first = plan(draft);
    if (first.isEmpty()) {
      return first.changes();
    }
    return writing(
        "applying definitions",
        handle -> {
          CatalogPlan plan = CatalogPlan.of(stored(handle), draft, snapshots);
          new CatalogWriter(handle).write(plan);
          return plan.changes();
        });
  }

  @Override
  public EventDefinition add(EventDraft draft) {
    return writing(
        "adding " + draft.name(),
        handle -> {
          new CatalogWriter(handle).write(CatalogPlan.adding(stored(handle), draft, snapshots));
          return Objects.requireNonNull(stored(handle).events().get(draft.name()));
        });
  }

  private CatalogPlan plan(CatalogDraft draft) {
    return reading(
        "reading the catalog", handle -> CatalogPlan.of(stored(handle), draft, snapshots));
  }

  /** Of one moment, however many statements: repeatable read. */
  private <T> T reading(String doing, HandleCallback<T, RuntimeException> work) {
    try {
      return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, work);
    } catch (JdbiException failure) {
      throw PostgresFailure.of(doing, failure);
    }
  }

  /** Each statement sees what the last writer committed: read committed, behind the lock. */
  private <T> T writing(String doing, HandleCallback<T, RuntimeException> work) {
    try {
      return jdbi.inTransaction(
          TransactionIsolationLevel.READ_COMMITTED,
          handle -> {
            handle.execute(LOCK_TIMEOUT);
            handle.createQuery(LOCK).mapTo(Long.class).one();
            return work.withHandle(handle);
          });
    } catch (JdbiException failure) {
      throw refusedOr(doing, failure);
    }
  }

  private static RelayException refusedOr(String doing, JdbiException failure) {
    if (PostgresFailure.isIntegrityViolation(failure)) {
      return RelayException.of(
              ErrorCode.CATALOG_CONFLICT, doing + " failed: " + PostgresFailure.words(failure))
          .cause(failure)
          .build();
    }
    if (PostgresFailure.state(failure).equals(PostgresFailure.LOCK_NOT_AVAILABLE)) {
      return RelayException.of(
              ErrorCode.TIMED_OUT,
              doing + " failed: another session has been changing the catalog for 10 s")
          .remedy("end its transaction: look for 'idle in transaction' in pg_stat_activity")
          .cause(failure)
          .build();
    }
    return PostgresFailure.of(doing, failure);
  }

  private static long version(Handle handle) {
    return handle.createQuery(VERSION).mapTo(Long.class).one();
  }

  private static StoredCatalog stored(Handle handle) {
    return new StoredCatalog(
        CatalogRows.events(handle).stream()
            .collect(Collectors.toMap(EventDefinition::name, event -> event)),
        CatalogRows.nextVersions(handle),
        CatalogRows.actors(handle).stream()
            .collect(Collectors.toMap(actor -> actor.name(), actor -> actor)),
        CatalogRows.declarations(handle),
        CatalogRows.flows(handle));
  }
}
