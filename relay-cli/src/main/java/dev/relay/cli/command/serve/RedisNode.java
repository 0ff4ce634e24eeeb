package dev.relay.cli.command.serve;

import dev.relay.Relay;
import dev.relay.Subscription;
import dev.relay.redis.EventWindow;
import dev.relay.redis.RedisCarrier;
import dev.relay.redis.RedisConfig;
import dev.relay.redis.RedisEvents;
import dev.relay.redis.RedisTransport;
import dev.relay.transport.Carrier;
import dev.relay.transport.Transport;

/**
 * What a node does on Redis: it talks with the others, and keeps the stream of published events for
 * programs outside. In a class of its own, so that without Redis nothing of its client is loaded.
 */
final class RedisNode implements AutoCloseable {
  private final RedisConfig config;
  private final RedisEvents events;
  private final Subscription wakeUps;

  private RedisNode(RedisConfig config, RedisEvents events, Subscription wakeUps) {
    this.config = config;
    this.events = events;
    this.wakeUps = wakeUps;
  }

  /** What carries notices and letters; not started. */
  static Transport transport(RedisConfig config) {
    return new RedisTransport(config);
  }

  /** What operators look at. */
  static Carrier carrier(RedisConfig config, Relay relay) {
    return new RedisCarrier(config, relay.feed(), EventWindow.USUAL);
  }

  /** Starts to keep the stream; a Redis that can't be reached is looked for until it can. */
  static RedisNode start(RedisConfig config, Relay relay) {
    RedisEvents events = RedisEvents.keep(config, relay.feed(), EventWindow.USUAL);
    return new RedisNode(config, events, relay.onPublished(events::wake));
  }

  /** Where events are found, for people. */
  String events() {
    return "redis " + config.place() + ", stream " + config.prefix() + ":events";
  }

  @Override
  public void close() {
    wakeUps.close();
    events.close();
  }
}
