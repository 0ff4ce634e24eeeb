package dev.relay.node;

import dev.relay.message.Message;
import dev.relay.store.Feed;
import dev.relay.store.FeedEntry;
import dev.relay.store.FeedPosition;
import dev.relay.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the stream of published events and tells listeners of those they want. One thread reads
 * and calls, so a slow listener holds the others back; it should hand on what takes time. Listeners
 * are not durable: one that was closed misses what happens meanwhile.
 */
public final class FeedFollower implements Runnable, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FeedFollower.class);

  /** Events read at once. */
  private static final int PAGE = 500;

  /** Between two looks without a hint: bounds how late another node's events are noticed. */
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private record Listener(Predicate<String> wants, Consumer<Message> call) {}

  private final Feed feed;
  private final Map<Long, Listener> listeners = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final Thread thread = new Thread(this, "relay-feed");
  private final FeedPosition start;
  private volatile boolean stopping;

  /**
   * A follower from the stream's end on; starts its thread.
   *
   * @throws StoreException where the end can't be read
   */
  public FeedFollower(Feed feed) {
    this.feed = feed;
    this.start = feed.end();
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Adds a listener.
   *
   * @param wants whether it wants events of this name
   * @return ends it
   */
  public Runnable listen(Predicate<String> wants, Consumer<Message> call) {
    long id = ids.incrementAndGet();
    listeners.put(id, new Listener(wants, call));
    return () -> listeners.remove(id);
  }

  /** A hint that there is something to read. */
  public void wake() {
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    FeedPosition position = start;
    boolean reachable = true;
    while (!stopping) {
      try {
        List<FeedEntry> read = feed.after(position, PAGE);
        for (FeedEntry entry : read) {
          tell(entry.message());
          position = entry.position();
        }
        reachable = true;
        if (read.size() >= PAGE) {
          continue;
        }
      } catch (StoreException failure) {
        if (reachable) {
          log.warn("subscriptions wait until Postgres answers: {}", failure.getMessage());
        }
        reachable = false;
      }
      LockSupport.parkNanos(this, IDLE_NANOS);
    }
  }

  @Override
  public void close() {
    stopping = true;
    wake();
  }

  private void tell(Message message) {
    for (Listener listener : listeners.values()) {
      if (listener.wants().test(message.type())) {
        try {
          listener.call().accept(message);
        } catch (RuntimeException failure) {
          log.error("a listener of {} failed", message.type(), failure);
        }
      }
    }
  }
}
