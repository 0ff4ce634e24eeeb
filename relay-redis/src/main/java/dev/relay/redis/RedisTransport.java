package dev.relay.redis;

import dev.relay.transport.Health;
import dev.relay.transport.Inbound;
import dev.relay.transport.Letter;
import dev.relay.transport.PartitionId;
import dev.relay.transport.Transport;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Notices and letters over Redis 6.2 or newer, or Valkey: standalone, with Sentinel, or a Cluster.
 * Each node has one stream as its inbox; a channel tells all of new events.
 *
 * <p>Nothing is owed from Redis. It may be away, slow, read-only or emptied at any moment: then
 * notices are late (the node's own sweeping finds the deliveries) and letters are lost, {@link
 * #health} says what is wrong, and all goes on by itself when it is back. Thread-safe.
 */
public final class RedisTransport implements Transport {
  /** Nodes that come and go leave empty outboxes; beyond these, they are cleared away. */
  private static final int OUTBOXES = 256;

  private final RedisConfig config;
  private final Condition condition;
  private final Map<String, Outbox> outboxes = new ConcurrentHashMap<>();
  private volatile @Nullable Link link;
  private boolean closed;

  /** A transport over this Redis; nothing happens before {@link #start}. */
  public RedisTransport(RedisConfig config) {
    this.config = config;
    this.condition = new Condition("notices between nodes are late until then", config.place());
  }

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public synchronized void start(String node, Inbound inbound) {
    if (link != null || closed) {
      throw new IllegalStateException("a transport is started once, and not after it was closed");
    }
    Link started = new Link(config, node, inbound, condition);
    link = started;
    started.start();
  }

  @Override
  public void wake(String node, Collection<PartitionId> partitions) {
    Link current = link;
    if (current != null && !partitions.isEmpty()) {
      outbox(current, node).wake(partitions);
    }
  }

  @Override
  public void send(String node, Letter letter) {
    Link current = link;
    if (current != null) {
      outbox(current, node).post(letter);
    }
  }

  @Override
  public void announce() {
    Link current = link;
    if (current != null) {
      current.announce();
    }
  }

  @Override
  public Health health() {
    return condition.health();
  }

  @Override
  public void close() {
    Link current;
    synchronized (this) {
      closed = true;
      current = link;
      link = null;
    }
    if (current != null) {
      current.close();
    }
    condition.closed();
  }

  private Outbox outbox(Link current, String node) {
    Outbox known = outboxes.get(node);
    if (known != null) {
      return known;
    }
    if (outboxes.size() >= OUTBOXES) {
      outboxes.values().removeIf(Outbox::idle);
    }
    return outboxes.computeIfAbsent(
        node, name -> new Outbox(current.node(), envelope -> current.send(name, envelope)));
  }
}
