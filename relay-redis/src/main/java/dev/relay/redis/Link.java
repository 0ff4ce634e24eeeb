package dev.relay.redis;

import dev.relay.transport.Inbound;
import io.lettuce.core.RedisException;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One node's way to Redis and back. A thread connects, reads the inbox, and when anything fails
 * closes all connections and begins anew, later each time. Senders use whatever connection there
 * is. Thread-safe.
 */
final class Link implements AutoCloseable {
  /** Entries an inbox holds at most, about; a node that is alive leaves none. */
  private static final int LONGEST_INBOX = 4096;

  /** Characters an inbox holds at most, about, if all its entries were like the one being sent. */
  private static final int LARGEST_INBOX = 64 << 20;

  private static final Duration FAREWELL = Duration.ofSeconds(1);

  /** The sender's connection, and those that end with it. */
  private record Out(RedisClusterAsyncCommands<String, String> redis, Connections connections) {}

  private final RedisConfig config;
  private final Keys keys;
  private final String node;
  private final Inbound inbound;
  private final Inbox inbox;
  private final Condition condition;
  private final Threads threads = new Threads();
  private final Thread thread;
  private final Pause pause = new Pause();
  private final EvictionWarning evictions;
  private final AtomicInteger announcements = new AtomicInteger();
  private volatile @Nullable Out out;
  private volatile boolean stopping;

  Link(RedisConfig config, String node, Inbound inbound, Condition condition) {
    this.config = config;
    this.keys = new Keys(config.prefix());
    this.node = node;
    this.inbound = inbound;
    this.inbox = new Inbox(keys, node, inbound, config.timeout());
    this.condition = condition;
    this.evictions = new EvictionWarning(config.place());
    this.thread = new Thread(this::run, "relay-redis");
    thread.setDaemon(true);
  }

  String node() {
    return node;
  }

  void start() {
    thread.start();
  }

  /** Sends an envelope if there is a connection. Doesn't block or throw. */
  CompletionStage<?> send(String target, Envelope envelope) {
    Out current = out;
    if (current == null) {
      return CompletableFuture.completedFuture(null);
    }
    try {
      return write(current.redis(), keys.inbox(target), envelope)
          .whenComplete((id, failure) -> judge(current, failure));
    } catch (RuntimeException broken) {
      judge(current, broken);
      return CompletableFuture.completedFuture(null);
    }
  }

  // An inbox that isn't there belongs to a node that is gone, or Redis was emptied: it is made with
  // an end, so that nothing stays of nodes that don't come back.
  private CompletionStage<?> write(
      RedisClusterAsyncCommands<String, String> redis, String stream, Envelope envelope) {
    Map<String, String> fields = envelope.fields();
    XAddArgs args = new XAddArgs().maxlen(longest(fields)).approximateTrimming().nomkstream();
    return redis
        .xadd(stream, args, fields)
        .thenCompose(
            id -> {
              if (id != null) {
                return CompletableFuture.completedFuture(id);
              }
              CompletionStage<?> made = redis.xadd(stream, fields);
              redis.expire(stream, Inbox.KEPT.toSeconds());
              return made.thenApply(ignored -> "");
            });
  }

  private static long longest(Map<String, String> fields) {
    long size = 1;
    for (String value : fields.values()) {
      size += value.length();
    }
    return Math.max(16, Math.min(LONGEST_INBOX, LARGEST_INBOX / size));
  }

  /** Tells all nodes; one announcement is under way at a time, and one waits. */
  void announce() {
    if (announcements.getAndUpdate(count -> Math.min(count + 1, 2)) == 0) {
      publish();
    }
  }

  private void publish() {
    Out current = out;
    if (current == null) {
      announcements.set(0);
      return;
    }
    try {
      current
          .redis()
          .publish(keys.published(), node)
          .whenComplete(
              (receivers, failure) -> {
                judge(current, failure);
                boolean again = announcements.getAndUpdate(count -> count > 1 ? 1 : 0) > 1;
                if (again && failure == null) {
                  publish();
                } else if (again) {
                  announcements.set(0);
                }
              });
    } catch (RuntimeException broken) {
      announcements.set(0);
      judge(current, broken);
    }
  }

  private void judge(Out used, @Nullable Throwable failure) {
    if (failure == null) {
      condition.written();
    } else if (RedisFailure.endsConnection(failure)) {
      used.connections().end(failure);
    } else {
      condition.refused(failure);
    }
  }

  private void run() {
    while (!stopping) {
      try (Connections connections = Connections.to(config, threads.resources())) {
        serve(connections);
      } catch (InterruptedException closing) {
        return;
      } catch (Exception failure) {
        // whatever it is, the next attempt is the answer; the condition says what it was
        if (!stopping) {
          condition.lost(failure);
        }
      }
      pause.afterFailure();
    }
  }

  private void serve(Connections connections) throws Exception {
    RedisClusterAsyncCommands<String, String> in = connections.commands();
    RedisClusterAsyncCommands<String, String> sender = connections.commands();
    try {
      listen(connections.subscriptions());
      out = new Out(sender, connections);
      inbox.open(in);
      condition.connected();
      pause.reset();
      evictions.check(sender);
      Inbox.careful(inbound::published);
      while (!stopping && connections.open()) {
        inbox.read(in);
      }
      throw new RedisException("the connection was lost");
    } catch (ExecutionException | RedisException failure) {
      Throwable reason = connections.reason(failure);
      if (!stopping) {
        // said before the connections are closed, which may take longer than to be well again
        condition.lost(reason);
      }
      throw new CompletionException(reason);
    } finally {
      out = null;
    }
  }

  private void listen(StatefulRedisPubSubConnection<String, String> subscriptions)
      throws Exception {
    subscriptions.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void message(String channel, String message) {
            Inbox.careful(inbound::published);
          }
        });
    subscriptions
        .async()
        .subscribe(keys.published())
        .get(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    stopping = true;
    pause.end();
    Out current = out;
    if (current != null) {
      inbox.remove(current.redis(), FAREWELL);
      current.connections().close();
    }
    try {
      thread.join(FAREWELL.toMillis());
      thread.interrupt();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    threads.close();
  }
}
