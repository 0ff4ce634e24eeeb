package dev.relay.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections to Redis that live and die together: the loss of one ends all, and the owner opens
 * others. So there is one way back from every kind of failure, a new master included, and no
 * command waits for a connection that may never come back. Thread-safe.
 */
final class Connections implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Connections.class);

  private static final long FAREWELL_MILLIS = 500;

  /** Commands without an answer; outboxes have one each under way. */
  private static final int MOST_WAITING = 4096;

  private final AbstractRedisClient client;
  private final Duration timeout;
  private final AtomicReference<@Nullable Throwable> end = new AtomicReference<>();
  private final List<StatefulConnection<String, String>> opened = new CopyOnWriteArrayList<>();
  private final CountDownLatch gone = new CountDownLatch(1);

  private Connections(AbstractRedisClient client, Duration timeout) {
    this.client = client;
    this.timeout = timeout;
  }

  /** A client of its own, without a connection yet. */
  static Connections to(RedisConfig config, ClientResources resources) {
    List<RedisURI> addresses = Addresses.of(config);
    if (config.kind() == RedisConfig.Kind.CLUSTER) {
      RedisClusterClient cluster = RedisClusterClient.create(resources, addresses);
      ClusterClientOptions.Builder options = ClusterClientOptions.builder();
      cluster.setOptions((ClusterClientOptions) configure(options, config).build());
      return new Connections(cluster, config.timeout());
    }
    RedisClient single = RedisClient.create(resources, addresses.get(0));
    single.setOptions(configure(ClientOptions.builder(), config).build());
    return new Connections(single, config.timeout());
  }

  private static ClientOptions.Builder configure(
      ClientOptions.Builder options, RedisConfig config) {
    SocketOptions sockets =
        SocketOptions.builder().connectTimeout(config.timeout()).keepAlive(true).build();
    // connections to a Cluster's nodes are made when first needed: their commands have to wait
    boolean cluster = config.kind() == RedisConfig.Kind.CLUSTER;
    options
        .autoReconnect(cluster)
        .disconnectedBehavior(
            cluster ? DisconnectedBehavior.ACCEPT_COMMANDS : DisconnectedBehavior.REJECT_COMMANDS)
        .requestQueueSize(MOST_WAITING)
        .maintNotificationsConfig(MaintNotificationsConfig.disabled())
        .socketOptions(sockets)
        .timeoutOptions(TimeoutOptions.enabled(config.timeout()));
    Path trust = config.trust();
    if (config.tls() && trust != null) {
      options.sslOptions(
          SslOptions.builder().jdkSslProvider().trustManager(trust.toFile()).build());
    }
    return options;
  }

  /** Another connection for commands. Blocks for the time-out at most. */
  RedisClusterAsyncCommands<String, String> commands() {
    if (client instanceof RedisClusterClient cluster) {
      return watched(() -> cluster.connect(StringCodec.UTF8)).async();
    }
    RedisClient single = (RedisClient) client;
    return watched(() -> single.connect(StringCodec.UTF8)).async();
  }

  /** Another connection for subscriptions. Blocks for the time-out at most. */
  StatefulRedisPubSubConnection<String, String> subscriptions() {
    if (client instanceof RedisClusterClient cluster) {
      return watched(() -> cluster.connectPubSub(StringCodec.UTF8));
    }
    RedisClient single = (RedisClient) client;
    return watched(() -> single.connectPubSub(StringCodec.UTF8));
  }

  private <C extends StatefulConnection<String, String>> C watched(Supplier<C> connect) {
    C connection = connect.get();
    opened.add(connection);
    connection.addListener(
        new RedisConnectionStateListener() {
          @Override
          public void onRedisDisconnected(RedisChannelHandler<?, ?> ignored) {
            end(new RedisException("the connection was closed"));
          }
        });
    if (!connection.isOpen()) {
      end(new RedisException("the connection was closed"));
    }
    return connection;
  }

  /** Whether they are of use, as far as known. */
  boolean open() {
    return end.get() == null;
  }

  /** Why they ended: what came first, or what the caller met. */
  Throwable reason(Throwable met) {
    Throwable first = end.get();
    return first == null ? met : first;
  }

  /** Ends all, because of this. What is under way fails, so that nobody waits for it. */
  void end(Throwable reason) {
    if (end.compareAndSet(null, reason)) {
      // first these, then the client: the other way round it closes a Cluster's twice, and says so
      CompletableFuture<?>[] closing =
          opened.stream().map(StatefulConnection::closeAsync).toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(closing).whenComplete((closed, failure) -> shutDown());
    }
  }

  private void shutDown() {
    client
        .shutdownAsync(0, timeout.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((ignored, failure) -> gone.countDown());
  }

  /** Closes all, and waits a little: the client's threads must not end before. Idempotent. */
  @Override
  public void close() {
    end(new RedisException("closed"));
    try {
      if (!gone.await(FAREWELL_MILLIS, TimeUnit.MILLISECONDS)) {
        log.debug("connections to Redis take long to close");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
