package dev.relay.redis;

import dev.relay.store.Feed;
import dev.relay.store.FeedEntry;
import dev.relay.store.FeedPosition;
import dev.relay.store.StoreException;
import dev.relay.transport.Health;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the stream of published events in Redis, for programs that have a Redis client and nothing
 * of Relay's: each event once, as a CloudEvent, in the order of the journal (docs/bus.md).
 *
 * <p>Every node may run one. The one that holds a mark in Redis writes, another takes over within
 * seconds when it is gone; each write says where the stream should end, so two that think they are
 * the writer can't double, skip or reorder anything. A stream that is missing is filled again from
 * the journal, with the same ids. Thread-safe.
 */
public final class RedisEvents implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RedisEvents.class);

  /** Events read from the journal and written at once. */
  private static final int PAGE = 250;

  /** Between two looks without a hint; also how soon a missing stream is noticed. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Readers see events this much later at most, so that a busy node isn't asked for each one. */
  private static final Duration GATHER = Duration.ofMillis(5);

  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final RedisConfig config;
  private final Feed feed;
  private final EventWindow window;
  private final String writer = UUID.randomUUID().toString();
  private final Condition condition;
  private final Threads threads = new Threads();
  private final Pause pause = new Pause();
  private final Bell bell = new Bell();
  private final Thread thread = new Thread(this::run, "relay-redis-events");
  private volatile boolean stopping;

  private RedisEvents(RedisConfig config, Feed feed, EventWindow window) {
    this.config = config;
    this.feed = feed;
    this.window = window;
    this.condition =
        new Condition("programs that follow the stream of events wait", config.place());
  }

  /**
   * Starts to keep the stream. Returns at once, where Redis can't be reached too.
   *
   * @param feed the journal's published events
   */
  public static RedisEvents keep(RedisConfig config, Feed feed, EventWindow window) {
    RedisEvents events = new RedisEvents(config, feed, window);
    events.thread.setDaemon(true);
    events.thread.start();
    return events;
  }

  /** A hint that events were published; never blocks. */
  public void wake() {
    bell.ring();
  }

  /** How Redis is, as this one knows. */
  public Health health() {
    return condition.health();
  }

  /** Stops; another node may write at once. */
  @Override
  public void close() {
    stopping = true;
    pause.end();
    bell.end();
    try {
      thread.join(FAREWELL.toMillis());
      thread.interrupt();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    threads.close();
    condition.closed();
  }

  private void run() {
    while (!stopping) {
      try (Connections connections = Connections.to(config, threads.resources())) {
        EventLog stream =
            new EventLog(
                connections.commands(),
                new Keys(config.prefix()),
                writer,
                window.longest(),
                config.timeout());
        condition.connected();
        keep(stream, connections);
        stream.release();
        return;
      } catch (InterruptedException closing) {
        return;
      } catch (ExecutionException | TimeoutException | RedisException failure) {
        condition.lost(failure);
      } catch (StoreException failure) {
        log.debug("the journal can't be read, tried again soon", failure);
      } catch (RuntimeException fault) {
        log.error("the stream of events isn't written", fault);
      }
      pause.afterFailure();
    }
  }

  private void keep(EventLog stream, Connections connections)
      throws InterruptedException, ExecutionException, TimeoutException {
    Place place = Place.UNKNOWN;
    List<FeedEntry> batch = List.of();
    while (!stopping) {
      EventLog.Outcome outcome = stream.append(place.end(), batch);
      pause.reset();
      if (outcome instanceof EventLog.Outcome.EndsAt end) {
        place = find(stream, end.id());
      } else if (outcome instanceof EventLog.Outcome.Appended appended) {
        place = batch.isEmpty() ? proven(stream, place) : place.behind(appended.id());
      } else {
        place = Place.UNKNOWN;
        bell.sleep(LOOK);
      }
      if (!connections.open()) {
        throw new RedisException("the connection was closed");
      }
      batch = place.known() ? next(place.position()) : List.of();
    }
  }

  /** What the journal has behind a position; nothing, if nothing comes within a while. */
  private List<FeedEntry> next(FeedPosition position) throws InterruptedException {
    long end = System.nanoTime() + LOOK.toNanos();
    List<FeedEntry> page = feed.after(position, PAGE);
    for (long left = LOOK.toNanos(); page.isEmpty() && left > 0 && !stopping; ) {
      if (bell.await(Duration.ofNanos(left))) {
        bell.sleep(GATHER);
      }
      page = feed.after(position, PAGE);
      left = end - System.nanoTime();
    }
    return page;
  }

  private Place find(EventLog stream, String end)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (end.isEmpty()) {
      return new Place("", feed.before(Instant.now().minus(window.refilled())), true);
    }
    return proven(stream, new Place(end, EntryId.position(end), false));
  }

  /**
   * A stream that goes further than its journal belongs to another one: Postgres was restored, or
   * lost its last commits in a failover. It would refuse all that comes.
   */
  private Place proven(EventLog stream, Place place)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (place.proven() || !place.known()) {
      return place;
    }
    FeedPosition end = feed.end();
    if (end.equals(FeedPosition.START)) {
      return place; // a journal without events proves nothing
    }
    if (end.compareTo(place.position()) >= 0) {
      return new Place(place.end(), place.position(), true);
    }
    log.warn(
        "the stream of events in Redis goes further than the journal (to {}, the journal to {}): it"
            + " is written anew. If another Relay writes there, give each a prefix of its own",
        place.position(),
        end);
    stream.drop();
    return find(stream, "");
  }

  /**
   * Where the writer is.
   *
   * @param end the id with which the stream should end; empty where there is no stream
   * @param position what was read of the journal
   * @param proven whether the stream is known to be this journal's
   */
  private record Place(String end, FeedPosition position, boolean proven) {
    /** No stream ends with this: the first attempt tells where it ends. */
    static final Place UNKNOWN = new Place("?", FeedPosition.START, false);

    boolean known() {
      return !end.equals(UNKNOWN.end);
    }

    Place behind(String id) {
      return new Place(id, EntryId.position(id), proven);
    }
  }
}
