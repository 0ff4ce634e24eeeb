package dev.relay.postgres;

import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a snapshot of the catalog current. A change, by whomever and however it was made, shows
 * within a poll's interval in any setup, and at once where {@code LISTEN} works; poolers in
 * transaction mode swallow notifications, so the poll runs always: one query of one row.
 *
 * <p>While Postgres doesn't answer, the last snapshot stays and the watch tries again. All methods
 * may be called from many threads; {@link #current} never blocks.
 */
public final class CatalogWatch implements AutoCloseable {
  /** Half of the second within which a change must show. */
  public static final Duration DEFAULT_POLL = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(CatalogWatch.class);

  /** How long {@link #close} waits for a query that is under way. */
  private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(2);

  private final CatalogStore store;
  private final PostgresEar ear;
  private final Duration poll;
  private volatile Catalog current;
  private final List<Consumer<Catalog>> listeners = new CopyOnWriteArrayList<>();
  private final Object refreshing = new Object();
  private final Thread thread;
  private volatile boolean closed;
  private boolean failing;

  private CatalogWatch(CatalogStore store, PostgresEar ear, Duration poll) {
    this.store = store;
    this.ear = ear;
    this.poll = poll;
    this.current = store.load();
    this.thread = new Thread(this::watch, "relay-catalog-watch");
    thread.setDaemon(true);
  }

  /**
   * Loads the catalog and starts to watch it, on one daemon thread.
   *
   * @param store what to load from
   * @param listening opens a connection for {@code LISTEN} alone, not one of a pool; absent to only
   *     poll
   * @param poll how often to look at the version, for example {@link #DEFAULT_POLL}
   * @throws dev.relay.failure.RelayException when the first load fails
   */
  public static CatalogWatch start(
      CatalogStore store, @Nullable ConnectionSource listening, Duration poll) {
    CatalogWatch watch = new CatalogWatch(store, new PostgresEar(listening, "relay_catalog"), poll);
    watch.thread.start();
    return watch;
  }

  /** The newest snapshot known here; never blocks. */
  public Catalog current() {
    return current;
  }

  /**
   * Calls back after each change, on the watch's thread or on that of a caller of {@link #refresh},
   * one after the other. The snapshot of the start isn't announced.
   */
  public void onChange(Consumer<Catalog> listener) {
    listeners.add(listener);
  }

  /**
   * Looks now, so that a caller who has just changed the catalog sees it. Blocks on the store.
   *
   * @throws dev.relay.failure.RelayException when the store doesn't answer; the snapshot stays
   */
  public Catalog refresh() {
    synchronized (refreshing) {
      Catalog known = current;
      // "other", not "newer": a database restored from a backup may have gone back
      if (store.version() == known.version()) {
        return known;
      }
      Catalog changed = store.load();
      current = changed;
      listeners.forEach(listener -> tell(listener, changed));
      return changed;
    }
  }

  /** Stops watching; the last snapshot stays readable. Idempotent. */
  @Override
  public void close() {
    closed = true;
    ear.close();
    if (Thread.currentThread() == thread) {
      return; // a listener closes us: the loop ends when it returns
    }
    thread.interrupt();
    try {
      thread.join(LONGEST_GOODBYE.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    while (!closed) {
      ear.waitForNews(poll);
      if (!closed) {
        look();
      }
    }
    ear.close();
  }

  private void look() {
    try {
      refresh();
      if (failing) {
        failing = false;
        LOG.info("The catalog is watched again, at version {}", current.version());
      }
    } catch (RuntimeException failure) {
      if (!failing && !closed) {
        failing = true;
        LOG.warn(
            "The catalog can't be read, its version {} stays in use: {}",
            current.version(),
            failure.getMessage());
      }
    }
  }

  private static void tell(Consumer<Catalog> listener, Catalog catalog) {
    try {
      listener.accept(catalog);
    } catch (RuntimeException failure) {
      LOG.warn("A listener failed on version {} of the catalog", catalog.version(), failure);
    }
  }
}
