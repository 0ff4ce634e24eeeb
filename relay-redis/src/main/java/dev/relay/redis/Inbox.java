package dev.relay.redis;

import dev.relay.transport.Inbound;
import dev.relay.transport.Letter;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.SetArgs;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's inbox: a stream that is always read from its beginning, because what was handed over
 * is deleted. So there is no position to keep, and nothing to repair when Redis forgets. Used by
 * one thread.
 */
final class Inbox {
  private static final Logger log = LoggerFactory.getLogger(Inbox.class);

  /** How long the keys of a node outlive it. */
  static final Duration KEPT = Duration.ofSeconds(60);

  private static final String BEGINNING = "0-0";

  /** Entries read at once; one may be megabytes. */
  private static final int PAGE = 32;

  /** How often the keys' lives are prolonged, and the loss of everything is noticed. */
  private static final Duration BEAT = Duration.ofSeconds(1);

  /** Senders whose count is remembered: more than nodes start within a day. */
  private static final int SENDERS = 1000;

  private final String stream;
  private final String alive;
  private final Inbound inbound;
  private final Duration timeout;
  private final Map<String, Long> last =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > SENDERS;
        }
      };
  private long nextBeat;
  private @Nullable RedisFuture<Long> deleted;
  private volatile boolean removed;

  Inbox(Keys keys, String node, Inbound inbound, Duration timeout) {
    this.stream = keys.inbox(node);
    this.alive = keys.alive(node);
    this.inbound = inbound;
    this.timeout = timeout;
  }

  /** Begins on a new connection: what was sent meanwhile may be lost. */
  void open(RedisClusterAsyncCommands<String, String> redis)
      throws InterruptedException, ExecutionException, TimeoutException {
    deleted = null;
    nextBeat = System.nanoTime() + BEAT.toNanos();
    get(redis.set(alive, "1", SetArgs.Builder.ex(KEPT)));
    careful(inbound::interrupted);
  }

  /** Waits a while for what comes, hands it over and deletes it. */
  void read(RedisClusterAsyncCommands<String, String> redis)
      throws InterruptedException, ExecutionException, TimeoutException {
    beat(redis);
    List<StreamMessage<String, String>> entries = get(next(redis));
    if (deleted != null) {
      // refused, the same entries would come again and again
      get(deleted);
      deleted = null;
    }
    if (!entries.isEmpty()) {
      entries.forEach(this::handOver);
      String[] ids = entries.stream().map(StreamMessage::getId).toArray(String[]::new);
      deleted = redis.xdel(stream, ids);
    }
  }

  @SuppressWarnings("unchecked") // an array of a generic type, which nobody keeps
  private RedisFuture<List<StreamMessage<String, String>>> next(
      RedisClusterAsyncCommands<String, String> redis) {
    XReadArgs waiting = XReadArgs.Builder.block(block()).count(PAGE);
    return redis.xread(waiting, StreamOffset.from(stream, BEGINNING));
  }

  /** Leaves nothing behind, as far as Redis answers within this time. By any thread. */
  void remove(RedisClusterAsyncCommands<String, String> redis, Duration within) {
    removed = true;
    try {
      redis.del(stream, alive).get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | RedisException unreachable) {
      log.debug("the keys of this node stay until they expire", unreachable);
    }
  }

  private void beat(RedisClusterAsyncCommands<String, String> redis)
      throws InterruptedException, ExecutionException, TimeoutException {
    // once removed, keys that are gone don't mean that Redis was emptied
    if (removed || System.nanoTime() < nextBeat) {
      return;
    }
    nextBeat = System.nanoTime() + BEAT.toNanos();
    RedisFuture<Boolean> prolonged = redis.expire(alive, KEPT.toSeconds());
    redis.expire(stream, KEPT.toSeconds());
    if (!get(prolonged)) {
      log.warn("Redis was emptied; this node looks in Postgres for what it was to be told");
      open(redis);
    }
  }

  private void handOver(StreamMessage<String, String> entry) {
    Envelope envelope;
    try {
      envelope = Envelope.of(entry.getBody());
    } catch (IllegalArgumentException foreign) {
      log.warn("{} holds what no node of this version wrote: {}", stream, foreign.getMessage());
      return;
    }
    Long before = last.put(envelope.from(), envelope.number());
    if (before == null ? envelope.number() != 1 : envelope.number() > before + 1) {
      careful(inbound::interrupted);
    }
    if (!envelope.partitions().isEmpty()) {
      careful(() -> inbound.woken(envelope.partitions()));
    }
    for (Letter letter : envelope.letters()) {
      careful(() -> inbound.received(letter));
    }
  }

  /** A fault of the receiver's is none of Redis's: it must not end the connection. */
  static void careful(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException fault) {
      log.error("a node failed to take what Redis brought", fault);
    }
  }

  /**
   * Well below the time-out of commands: a connection that hangs has to be told from a quiet one.
   */
  private Duration block() {
    Duration third = timeout.dividedBy(3);
    return third.compareTo(BEAT) < 0 ? third : BEAT;
  }

  private <T> T get(RedisFuture<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }
}
