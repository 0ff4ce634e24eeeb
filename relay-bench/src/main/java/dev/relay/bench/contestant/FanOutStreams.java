package dev.relay.bench.contestant;

import dev.relay.bench.load.AsyncLoad;
import dev.relay.bench.load.Carts;
import dev.relay.bench.load.Since;
import dev.relay.message.Json;
import dev.relay.testkit.redis.RedisServer;
import io.lettuce.core.Consumer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The limit of a fan-out over Redis: XADD to a stream, three groups that read and acknowledge it,
 * and no database at all. What is acknowledged here is gone with the server.
 */
final class FanOutStreams implements Contestant {
  private static final String STREAM = "bench";

  /** Entries of a read; more than are ever under way. */
  private static final int PAGE = 500;

  private static final int LONGEST = 100_000;

  @Override
  public String name() {
    return "streams";
  }

  @Override
  public String title() {
    return "raw Redis: XADD, three groups with XREADGROUP and XACK (Lettuce); nothing is stored";
  }

  @Override
  public Running start(Database database, Carts carts) {
    RedisServer server = RedisServer.start();
    RedisClient client = RedisClient.create(RedisURI.create(server.host(), server.port()));
    Landings landings = new Landings();
    RedisAsyncCommands<String, String> sender = client.connect().async();
    for (String group : FanOutActors.CONSUMERS) {
      RedisCommands<String, String> redis = client.connect().sync();
      redis.xgroupCreate(
          StreamOffset.from(STREAM, "0"), group, XGroupCreateArgs.Builder.mkstream());
      Thread reader = new Thread(() -> read(redis, group, landings), "reader-" + group);
      reader.setDaemon(true);
      reader.start();
    }
    FanOutEvents events = new FanOutEvents(carts.count());
    AsyncLoad load = new AsyncLoad(() -> add(sender, landings, events));
    return Running.of(
        new Door.InProcess(load),
        () -> {
          client.shutdown(0, 1, java.util.concurrent.TimeUnit.SECONDS);
          server.close();
        });
  }

  private static CompletableFuture<Since> add(
      RedisAsyncCommands<String, String> redis, Landings landings, FanOutEvents events) {
    long number = landings.next();
    CompletableFuture<Since> landed = landings.future(number);
    String event = Json.mapper().writeValueAsString(events.event(number));
    redis
        .xadd(
            STREAM,
            XAddArgs.Builder.maxlen(LONGEST).approximateTrimming(),
            Map.of("n", Long.toString(number), "event", event))
        .whenComplete(
            (id, failure) -> {
              if (failure == null) {
                landings.accepted(number);
              } else {
                landings.failed(number, failure);
              }
            });
    return landed;
  }

  @SuppressWarnings("unchecked") // an array of a generic type, which nobody keeps
  private static void read(RedisCommands<String, String> redis, String group, Landings landings) {
    XReadArgs page = XReadArgs.Builder.count(PAGE).block(Duration.ofSeconds(1));
    try {
      while (true) {
        List<StreamMessage<String, String>> entries =
            redis.xreadgroup(Consumer.from(group, "one"), page, StreamOffset.lastConsumed(STREAM));
        if (!entries.isEmpty()) {
          redis.xack(
              STREAM, group, entries.stream().map(StreamMessage::getId).toArray(String[]::new));
          entries.forEach(entry -> landings.landed(Long.parseLong(entry.getBody().get("n"))));
        }
      }
    } catch (RedisException closed) {
      // the contestant is over
    }
  }

  @Override
  public Optional<String> writtenQuery() {
    return Optional.empty();
  }
}
