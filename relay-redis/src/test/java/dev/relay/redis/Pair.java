package dev.relay.redis;

import static org.awaitility.Awaitility.await;

import dev.relay.testkit.transport.Ear;
import dev.relay.transport.Letter;
import dev.relay.transport.PartitionId;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/** Two nodes on one Redis. */
final class Pair implements AutoCloseable {
  static final Duration BOUND = Duration.ofSeconds(30);

  final RedisTransport a;
  final RedisTransport b;
  final Ear atA = new Ear();
  final Ear atB = new Ear();
  final String nameA = "a-" + UUID.randomUUID();
  final String nameB = "b-" + UUID.randomUUID();

  Pair(RedisConfig config) {
    a = new RedisTransport(config);
    b = new RedisTransport(config);
    a.start(nameA, atA);
    b.start(nameB, atB);
  }

  /** Waits until notices and letters get through, both ways; what is sent before may be lost. */
  Pair ready() {
    through(a, nameB, atB);
    through(b, nameA, atA);
    return this;
  }

  private void through(RedisTransport from, String to, Ear ear) {
    PartitionId probe = new PartitionId("probe-" + UUID.randomUUID(), 0);
    Letter letter = new Letter(UUID.randomUUID().toString(), "somebody", "{\"é\":1}");
    await()
        .atMost(BOUND)
        .until(
            () -> {
              from.wake(to, Set.of(probe));
              from.send(to, letter);
              return ear.woken().contains(probe) && ear.letters().contains(letter);
            });
  }

  /** Waits until one of them says what is wrong, with these words. */
  void saysWhatIsWrong(String words) {
    await()
        .atMost(BOUND)
        .until(
            () -> {
              a.announce();
              a.wake(nameB, Set.of(new PartitionId("cart", 1)));
              return !a.health().reachable() && a.health().detail().contains(words);
            });
  }

  @Override
  public void close() {
    a.close();
    b.close();
  }
}
