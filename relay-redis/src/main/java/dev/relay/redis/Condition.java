package dev.relay.redis;

import dev.relay.transport.Health;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How Redis is, as far as this process knows, said once in the log when it changes. Thread-safe.
 */
final class Condition {
  private static final Logger log = LoggerFactory.getLogger(Condition.class);

  private record Trouble(Instant since, String what) {}

  private final String use;
  private final String place;
  private @Nullable Trouble link = new Trouble(Instant.now(), "isn't connected yet");
  private @Nullable Trouble write;
  private boolean announced;

  /**
   * @param use what is held up while Redis is away, for the log
   * @param place where Redis is
   */
  Condition(String use, String place) {
    this.use = use;
    this.place = place;
  }

  /** The connection is there and answers. */
  synchronized void connected() {
    boolean wasDown = link != null && announced;
    link = null;
    announced = false;
    if (wasDown) {
      log.info("Redis {} is back", place);
    }
  }

  /** The connection is gone, or couldn't be made. */
  synchronized void lost(Throwable failure) {
    String what = RedisFailure.explain(failure);
    link = new Trouble(link == null ? Instant.now() : link.since(), what);
    if (!announced) {
      announced = true;
      log.warn("Redis {} {}; {}", place, what, use);
    }
  }

  /** Nobody uses it any more. */
  synchronized void closed() {
    link = new Trouble(Instant.now(), "is not used any more: the transport was closed");
  }

  /** A command was carried out. */
  synchronized void written() {
    if (write != null) {
      write = null;
      log.info("Redis {} takes writes again", place);
    }
  }

  /** A command was refused, on a connection that is well. */
  synchronized void refused(Throwable failure) {
    String what = RedisFailure.explain(failure);
    if (write == null) {
      log.warn("Redis {} {}; {}", place, what, use);
    }
    write = new Trouble(write == null ? Instant.now() : write.since(), what);
  }

  synchronized Health health() {
    Trouble trouble = link != null ? link : write;
    if (trouble == null) {
      return new Health(true, "redis " + place);
    }
    long seconds = Duration.between(trouble.since(), Instant.now()).toSeconds();
    return new Health(
        false, "redis " + place + " " + trouble.what() + " (for " + seconds + " s; " + use + ")");
  }
}
