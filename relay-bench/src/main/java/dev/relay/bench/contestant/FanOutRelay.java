package dev.relay.bench.contestant;

import dev.relay.Relay;
import dev.relay.RelayBuilder;
import dev.relay.bench.load.AsyncLoad;
import dev.relay.bench.load.Carts;
import dev.relay.bench.load.Since;
import dev.relay.testkit.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Relay: an event is published, and three actors consume it. Its latency is the time from where the
 * publisher hears that it is safe to the commit of the third.
 */
final class FanOutRelay implements Contestant {
  private static final String CONSUMED =
      "SELECT count(*) / 3 FROM relay.journal WHERE actor IN ('first', 'second', 'third')";

  private final String name;
  private final String title;
  private final Carrier carrier;
  private final boolean apart;
  private final boolean growth;

  private FanOutRelay(String name, String title, Carrier carrier, boolean apart, boolean growth) {
    this.name = name;
    this.title = title;
    this.carrier = carrier;
    this.apart = apart;
    this.growth = growth;
  }

  /** One node publishes and consumes. */
  static FanOutRelay together(Carrier carrier) {
    return new FanOutRelay(
        "fanout-" + carrier,
        "Relay: publish to 3 consumers on the same node, over " + carrier,
        carrier,
        false,
        false);
  }

  /** One node publishes, another consumes; both in one process, for the clock's sake. */
  static FanOutRelay apart(Carrier carrier) {
    return new FanOutRelay(
        "fanout-apart-" + carrier,
        "Relay: publish to 3 consumers on another node of the process, over " + carrier,
        carrier,
        true,
        false);
  }

  /** As {@link #together}, until so many messages are through; looks at the tables on the way. */
  static FanOutRelay growth() {
    return new FanOutRelay(
        "growth",
        "Relay: tables after a quarter, a half and all of --messages, published to 3 consumers",
        Carrier.REDIS,
        false,
        true);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public List<Integer> clients(List<Integer> asked) {
    return growth ? List.of(256) : asked;
  }

  @Override
  public boolean byCount() {
    return growth;
  }

  @Override
  public Running start(Database database, Carts carts) throws IOException {
    Deque<Runnable> close = new ArrayDeque<>();
    RedisServer redis = carrier.server();
    if (redis != null) {
      close.push(redis::close);
    }
    Landings landings = new Landings();
    Path actors = FanOutActors.definitions();
    Relay consumers = node(database, redis, actors, landings, close, consumerNames());
    Relay publisher = apart ? node(database, redis, actors, landings, close, "source") : consumers;
    FanOutEvents events = new FanOutEvents(carts.count());
    AsyncLoad load = new AsyncLoad(() -> publish(publisher, landings, events));
    Door door =
        new Door.InProcess(
            growth ? new GrowthLoad(() -> publish(publisher, landings, events), database) : load);
    return Running.of(door, () -> close.forEach(Runnable::run));
  }

  private static String[] consumerNames() {
    return FanOutActors.CONSUMERS.toArray(new String[0]);
  }

  private Relay node(
      Database database,
      @Nullable RedisServer redis,
      Path actors,
      Landings landings,
      Deque<Runnable> close,
      String... hosted) {
    CommitWatch watch = new CommitWatch(landings);
    RelayBuilder builder =
        Relay.builder()
            .postgres(database.jdbcUrl(), database.user(), database.password())
            .actors(actors)
            .metrics(watch)
            .host(hosted);
    FanOutActors.add(builder, watch);
    carrier.use(builder, redis);
    Relay relay = builder.start();
    close.push(relay::close);
    close.push(Carrier.keepEvents(relay, redis));
    return relay;
  }

  private static CompletableFuture<Since> publish(
      Relay relay, Landings landings, FanOutEvents events) {
    long number = landings.next();
    CompletableFuture<Since> landed = landings.future(number);
    relay
        .publishAsync("SENT", events.event(number))
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

  @Override
  public Optional<String> writtenQuery() {
    return Optional.of(CONSUMED);
  }

  @Override
  public Optional<String> backlogQuery() {
    return Optional.of(
        "SELECT count(*) FROM relay.deliveries WHERE status IN ('ready', 'retrying')");
  }
}
