package dev.relay.server.sse;

import dev.relay.Relay;
import dev.relay.Subscription;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.server.http.ByteStream;
import dev.relay.store.Feed;
import dev.relay.store.FeedEntry;
import dev.relay.store.FeedPosition;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All open streams. One thread follows the end of the feed for all of them, while there are any;
 * two threads read history for those that are behind, so that a hundred readers from the start
 * can't take all connections of the pool. Thread-safe.
 */
public final class StreamHub implements AutoCloseable {
  /** Events read from the feed at once; rows are small, a commit group is tens to hundreds. */
  private static final int PAGE = 256;

  private static final int HISTORY_THREADS = 2;

  /** A proxy or a phone network drops what is quiet for 30 to 60 s; half of that is safe. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  /** A reader that takes nothing for this long loses its place; it can resume. */
  private static final Duration STUCK = Duration.ofSeconds(60);

  /** Readers see events this much later at most, so that a busy node isn't asked for each one. */
  private static final Duration GATHER = Duration.ofMillis(10);

  /** How often the feed is looked at without a wake-up, for one that was lost. */
  private static final Duration POLL = Duration.ofSeconds(1);

  /** For the last bytes of each stream to go out when the server stops. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private static final Logger log = LoggerFactory.getLogger(StreamHub.class);

  private final Feed feed;
  private final int maxStreams;
  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
  private final Tail tail = new Tail(FeedPosition.START);
  private final Subscription wakeUps;
  private final FateWatch fates;
  private final ExecutorService historians =
      Executors.newFixedThreadPool(HISTORY_THREADS, task -> daemon(task, "relay-http-history"));
  private final Object bell = new Object();
  private @Nullable Thread follower;
  private boolean rung;
  private boolean closed;

  public StreamHub(Relay relay, int maxStreams, MeterRegistry registry) {
    this.feed = relay.feed();
    this.maxStreams = maxStreams;
    this.wakeUps = relay.onPublished(this::ring);
    this.fates = new FateWatch(relay.tracer(), streams);
    Gauge.builder("relay.http.streams", streams, Set::size)
        .description("open event streams")
        .register(registry);
  }

  /** Where a stream starts that shows only what comes. Blocks. */
  public FeedPosition end() {
    return feed.end();
  }

  /** Where a stream starts that shows what came since a time. Blocks. */
  public FeedPosition before(Instant time) {
    return feed.before(time);
  }

  /**
   * Opens a stream. May block.
   *
   * @param after the position whose successor is shown first
   * @param deliveries whether it tells what became of the events too
   * @throws RelayException where there are too many already, or the hub is closing
   */
  public void open(ByteStream out, StreamFilter filter, FeedPosition after, boolean deliveries) {
    EventStream stream =
        new EventStream(this, out, filter, after, deliveries ? fates.ofStream(filter) : null);
    synchronized (bell) {
      if (closed) {
        throw refuse(ErrorCode.SHUTTING_DOWN, "the node is stopping and opens no more streams");
      }
      if (streams.size() >= maxStreams) {
        throw refuse(ErrorCode.OVERLOADED, maxStreams + " streams are open, which is the limit");
      }
      streams.add(stream);
      follow();
    }
    stream.open();
    if (deliveries) {
      fates.wake();
    }
  }

  /** Ends all streams and takes no more; waits a little until their readers know. */
  @Override
  public void close() {
    synchronized (bell) {
      closed = true;
      bell.notifyAll();
    }
    wakeUps.close();
    fates.close();
    historians.shutdownNow();
    streams.forEach(EventStream::close);
    awaitNoStreams();
  }

  private void awaitNoStreams() {
    long until = System.nanoTime() + FAREWELL.toNanos();
    synchronized (bell) {
      try {
        for (long left = FAREWELL.toNanos();
            left > 0 && !streams.isEmpty();
            left = until - System.nanoTime()) {
          bell.wait(Math.max(1, left / 1_000_000));
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  Tail tail() {
    return tail;
  }

  void remove(EventStream stream) {
    streams.remove(stream);
    synchronized (bell) {
      if (closed) {
        bell.notifyAll();
      }
    }
  }

  /** Has the stream read its history when a thread is free; in turn with the others. */
  void readHistory(EventStream stream) {
    try {
      historians.execute(() -> history(stream));
    } catch (RejectedExecutionException closing) {
      log.debug("the hub closes, no history is read any more");
    }
  }

  /** The feed after a position, as much as goes into one batch. Blocks. */
  Batch history(FeedPosition position, StreamFilter filter) {
    FeedPosition tailEnd = tail.last();
    Batch batch = new Batch(filter, position);
    List<FeedEntry> page = feed.after(position, PAGE);
    for (FeedEntry entry : page) {
      if (!batch.take(Frame.of(entry))) {
        return batch;
      }
    }
    if (page.size() < PAGE) {
      // the feed ends here, and whatever the tail had before is behind us
      batch.skipTo(tailEnd);
    }
    return batch;
  }

  private void history(EventStream stream) {
    try {
      stream.readHistory();
    } catch (RuntimeException failure) {
      log.debug("the feed can't be read, the reader may resume later", failure);
      stream.close();
    }
  }

  private void ring() {
    synchronized (bell) {
      rung = true;
      bell.notifyAll();
    }
  }

  /** Starts the following thread where none runs; called with the bell held. */
  private void follow() {
    if (follower == null) {
      Thread thread = daemon(this::followWhileWatched, "relay-http-tail");
      follower = thread;
      rung = true;
      thread.start();
    }
  }

  private void followWhileWatched() {
    boolean started = false;
    while (awaitBell()) {
      try {
        if (!started) {
          tail.restart(feed.end());
          started = true;
        }
        advance();
        pause(GATHER);
      } catch (RuntimeException failure) {
        log.debug("the feed can't be read, tried again soon", failure);
        pause(POLL);
      }
      streams.forEach(stream -> stream.keepAlive(KEEP_ALIVE, STUCK));
    }
  }

  private void advance() {
    List<FeedEntry> page;
    do {
      page = feed.after(tail.last(), PAGE);
      tail.append(page);
      streams.forEach(EventStream::nudge);
    } while (page.size() >= PAGE);
  }

  /** Waits for a wake-up or the poll; false when nobody watches any more. */
  private boolean awaitBell() {
    synchronized (bell) {
      try {
        if (!rung && !closed && follower != null) {
          bell.wait(POLL.toMillis());
        }
      } catch (InterruptedException interrupted) {
        closed = true;
      }
      rung = false;
      if (closed || streams.isEmpty()) {
        follower = null;
        return false;
      }
      return true;
    }
  }

  private void pause(Duration time) {
    synchronized (bell) {
      long until = System.nanoTime() + time.toNanos();
      try {
        for (long left = time.toNanos(); left > 0 && !closed; left = until - System.nanoTime()) {
          bell.wait(Math.max(1, left / 1_000_000));
        }
      } catch (InterruptedException interrupted) {
        closed = true;
      }
    }
  }

  private static RelayException refuse(ErrorCode code, String message) {
    return RelayException.of(code, message)
        .remedy("come back after the seconds in Retry-After, with Last-Event-ID")
        .build();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
