package dev.relay.redis;

import dev.relay.store.Feed;
import dev.relay.store.FeedPosition;
import dev.relay.store.StoreException;
import dev.relay.transport.Carrier;
import dev.relay.transport.CarrierException;
import dev.relay.transport.CarrierReport;
import dev.relay.transport.CarrierReport.Memory;
import dev.relay.transport.CarrierReport.Window;
import dev.relay.transport.Health;
import dev.relay.transport.Rebuilt;
import io.lettuce.core.RedisException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Redis, looked at and mended from outside: inboxes, memory, the stream of published events. Each
 * call has a connection of its own. Thread-safe.
 */
public final class RedisCarrier implements Carrier {
  private final RedisConfig config;
  private final Keys keys;
  private final Feed feed;
  private final EventWindow window;

  /**
   * Nothing is connected before it is used.
   *
   * @param feed the journal's published events
   * @param window as the nodes keep it
   */
  public RedisCarrier(RedisConfig config, Feed feed, EventWindow window) {
    this.config = config;
    this.keys = new Keys(config.prefix());
    this.feed = feed;
    this.window = window;
  }

  @Override
  public CarrierReport look(Collection<String> nodes) {
    try {
      return connected(redis -> look(redis, nodes));
    } catch (CarrierException unreachable) {
      return CarrierReport.unreachable(String.valueOf(unreachable.getMessage()));
    }
  }

  @Override
  public Rebuilt rebuild(Collection<String> nodes, boolean anew) {
    try {
      return connected(redis -> new Rebuilding(config, keys, feed, window, redis).run(nodes, anew));
    } catch (StoreException failure) {
      throw new CarrierException(
          "the journal can't be read: "
              + failure.getMessage()
              + "; what was thrown away of the"
              + " stream of events is filled again when it can",
          failure);
    }
  }

  private CarrierReport look(Open redis, Collection<String> nodes)
      throws InterruptedException, ExecutionException, TimeoutException {
    Memory memory = redis.survey().memory().orElse(null);
    List<String> warnings =
        memory == null ? List.of() : MemoryInfo.warning(config.place(), memory).stream().toList();
    return new CarrierReport(
        new Health(true, "redis " + config.place()),
        redis.survey().inboxes(nodes),
        memory,
        window(redis.survey()),
        warnings);
  }

  private Window window(Survey survey)
      throws InterruptedException, ExecutionException, TimeoutException {
    StreamState events = survey.events();
    return new Window(
        keys.events(),
        events.length(),
        window.longest(),
        events.oldest(),
        events.newest(),
        events.isThere() ? EntryId.position(events.lastId()).toString() : null,
        behind(events),
        survey.isKept(),
        events.isThere() ? survey.groups() : List.of());
  }

  private long behind(StreamState events) {
    try {
      FeedPosition from =
          events.isThere()
              ? EntryId.position(events.lastId())
              : feed.before(java.time.Instant.now().minus(window.refilled()));
      return feed.after(from, Window.MOST_BEHIND).size();
    } catch (StoreException unreadable) {
      return -1;
    }
  }

  /** Connections that were opened for a while. */
  record Open(Connections connections, Survey survey) {}

  /** Something that is done with them. */
  private interface Work<T> {
    T with(Open redis) throws InterruptedException, ExecutionException, TimeoutException;
  }

  private <T> T connected(Work<T> work) {
    try (Threads threads = new Threads();
        Connections connections = Connections.to(config, threads.resources())) {
      return work.with(
          new Open(connections, new Survey(connections.commands(), keys, config.timeout())));
    } catch (ExecutionException | TimeoutException | RedisException failure) {
      throw new CarrierException(
          "redis " + config.place() + " " + RedisFailure.explain(failure), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CarrierException("interrupted", interrupted);
    }
  }
}
