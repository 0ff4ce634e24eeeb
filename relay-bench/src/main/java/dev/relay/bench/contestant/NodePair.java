package dev.relay.bench.contestant;

import dev.relay.Relay;
import dev.relay.bench.load.Carts;
import dev.relay.server.RelayServer;
import dev.relay.testkit.redis.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Relay's cart and its consumers over HTTP on nodes that share a Redis: one node, or two processes
 * on the same cores. All requests go to the first, which passes on those of the other's carts: what
 * two cost more than one is the price of working together.
 */
final class NodePair implements Contestant {
  private static final Duration JOINED = Duration.ofSeconds(60);

  private final boolean two;

  private NodePair(boolean two) {
    this.two = two;
  }

  static NodePair one() {
    return new NodePair(false);
  }

  static NodePair two() {
    return new NodePair(true);
  }

  @Override
  public String name() {
    return two ? "nodes-two" : "nodes-one";
  }

  @Override
  public String title() {
    return "Relay: durable ADD_TO_CART over HTTP with its consumers, "
        + (two ? "two processes that share the work over redis" : "one process on redis");
  }

  @Override
  public Running start(Database database, Carts carts) throws IOException {
    RedisServer redis = RedisServer.start();
    Relay relay = SecondNode.relay(database, redis.port());
    RelayServer server = RelayServer.builder().relay(relay).port(0).start();
    Process other = two ? SecondNode.start(database, redis.port()) : null;
    awaitNodes(relay, two ? 2 : 1);
    return Running.of(
        new Door.Http(server.port()),
        () -> {
          server.close();
          end(other);
          relay.close();
          redis.close();
        });
  }

  private static void awaitNodes(Relay relay, int count) {
    long end = System.nanoTime() + JOINED.toNanos();
    while (relay.cluster().members().size() < count) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the other node hasn't joined within " + JOINED);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static void end(@Nullable Process other) {
    if (other == null) {
      return;
    }
    try {
      other.getOutputStream().close();
      if (!other.waitFor(30, TimeUnit.SECONDS)) {
        other.destroyForcibly();
      }
    } catch (IOException unheard) {
      throw new UncheckedIOException(unheard);
    } catch (InterruptedException interrupted) {
      other.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Optional<String> writtenQuery() {
    return Optional.of("SELECT count(*) FROM relay.journal WHERE actor = 'cart'");
  }

  @Override
  public Optional<String> backlogQuery() {
    return Optional.of(
        "SELECT count(*) FROM relay.deliveries WHERE status IN ('ready', 'retrying')");
  }
}
