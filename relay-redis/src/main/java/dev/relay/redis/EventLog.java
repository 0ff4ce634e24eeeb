package dev.relay.redis;

import dev.relay.message.CloudEventWriter;
import dev.relay.store.FeedEntry;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The stream of published events as one connection sees it. Used by one thread. */
final class EventLog {
  /** How long a writer that says nothing stays the writer. */
  static final Duration HELD = Duration.ofSeconds(5);

  private static final String SCRIPT = script();

  /** What became of an attempt to append. */
  sealed interface Outcome {
    /** Another node writes. */
    record Held() implements Outcome {}

    /** The stream ends elsewhere: with this id, or isn't there where it is empty. */
    record EndsAt(String id) implements Outcome {}

    /** All is written; the stream ends with this id. */
    record Appended(String id) implements Outcome {}
  }

  private final RedisClusterAsyncCommands<String, String> redis;
  private final Keys keys;
  private final String writer;
  private final long longest;
  private final Duration timeout;

  EventLog(
      RedisClusterAsyncCommands<String, String> redis,
      Keys keys,
      String writer,
      long longest,
      Duration timeout) {
    this.redis = redis;
    this.keys = keys;
    this.writer = writer;
    this.longest = longest;
    this.timeout = timeout;
  }

  /** Appends behind the id that the stream should end with; claims or keeps the right to write. */
  Outcome append(String end, List<FeedEntry> entries)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<String> words = new ArrayList<>(4 + 4 * entries.size());
    words.addAll(List.of(writer, Long.toString(HELD.toMillis()), end, Long.toString(longest)));
    for (FeedEntry entry : entries) {
      words.add(EntryId.of(entry.position()));
      words.add(entry.message().type());
      words.add(entry.position().toString());
      words.add(CloudEventWriter.text(entry.message()));
    }
    List<String> reply =
        get(
            redis.eval(
                SCRIPT,
                ScriptOutputType.MULTI,
                new String[] {keys.events(), keys.writer()},
                words.toArray(String[]::new)));
    return switch (reply.get(0)) {
      case "held" -> new Outcome.Held();
      case "at" -> new Outcome.EndsAt(reply.get(1));
      default -> new Outcome.Appended(reply.get(1));
    };
  }

  /** Throws the stream away; its writer fills it again. */
  void drop() throws InterruptedException, ExecutionException, TimeoutException {
    get(redis.del(keys.events()));
  }

  /** Leaves the writing to others at once, as far as Redis answers. */
  void release() throws InterruptedException, ExecutionException, TimeoutException {
    if (writer.equals(get(redis.get(keys.writer())))) {
      get(redis.del(keys.writer()));
    }
  }

  private <T> T get(RedisFuture<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static String script() {
    try (InputStream in = EventLog.class.getResourceAsStream("append.lua")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
