package shoppers;

import dev.relay.testkit.redis.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Empties Redis and kills nodes at random, until a time is over or it is closed. The first fault is
 * an emptied Redis, the second a killed node.
 */
final class Killings implements Simulated.Meanwhile {
  private final List<NodeProcess> nodes;
  private final RedisServer redis;
  private final Random random;
  private final Duration time;
  private final Thread thread = new Thread(this::run, "killings");
  private final long begun = System.nanoTime();
  private volatile boolean closed;

  Killings(List<NodeProcess> nodes, RedisServer redis, long seed, Duration time) {
    this.nodes = nodes;
    this.redis = redis;
    this.random = new Random(seed);
    this.time = time;
    thread.start();
  }

  private void run() {
    for (int number = 1; !over(); number++) {
      pause(1_000 + random.nextInt(3_000));
      if (number % 3 == 1) {
        redis.flush();
        say("Redis emptied");
      } else {
        NodeProcess node = nodes.get(random.nextInt(nodes.size()));
        node.killAndRestart();
        say(node.url() + " killed");
        node.awaitReady();
      }
    }
  }

  private boolean over() {
    return closed || System.nanoTime() - begun > time.toNanos();
  }

  private void say(String what) {
    System.out.println((System.nanoTime() - begun) / 1_000_000 + " ms: " + what);
  }

  // faults come by time, not by what the shop does
  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends after the fault that is under way, with all nodes alive. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
