package dev.relay.node;

import dev.relay.cluster.Assignment;
import dev.relay.cluster.Cluster;
import dev.relay.message.ActorAddress;
import dev.relay.message.Json;
import dev.relay.store.TurnStore;
import dev.relay.transport.Inbound;
import dev.relay.transport.Letter;
import dev.relay.transport.PartitionId;
import dev.relay.transport.Transport;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** A node's side towards the others: who owns what, whom to wake, what comes in. Thread-safe. */
final class Bus implements Inbound, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Bus.class);

  private final Cluster cluster;
  private final @Nullable Transport transport;
  private final DeliveryIntake intake;
  private final Sweeper sweeper;
  private final ReplyDesk replies;
  private final Runnable published;
  private final AsksAfar asksAfar;
  private final AsksFromAfar asksFromAfar;
  private volatile boolean shared;

  /**
   * @param published called when another node has published events
   * @param lane puts an ask that has been admitted to its lane
   * @param admit admits an ask of another node
   */
  Bus(
      Peers peers,
      DeliveryIntake intake,
      Sweeper sweeper,
      ReplyDesk replies,
      Runnable published,
      Consumer<Work.Ask> lane,
      Function<Work.Ask, CompletableFuture<Receipt>> admit) {
    this.cluster = peers.cluster();
    this.transport = peers.transport();
    this.intake = intake;
    this.sweeper = sweeper;
    this.replies = replies;
    this.published = published;
    this.asksAfar = new AsksAfar(cluster::current, this::post, lane);
    this.asksFromAfar = new AsksFromAfar(admit, this::post, cluster.current().self());
  }

  void start() {
    cluster.onChange(this::changed);
    shared |= cluster.current().hasOthers();
    intake.assign(cluster.current());
    if (transport != null) {
      replies.elsewhere(
          (node, reply) -> post(node, AskLetter.letter(self(), AskLetter.write(reply))));
      asksAfar.start();
      transport.start(cluster.current().self(), this);
    }
  }

  /** Whether there have been other nodes since this one started. */
  boolean wasShared() {
    return shared;
  }

  private String self() {
    return cluster.current().self();
  }

  /** The node to ask; absent where no living node hosts the actor. */
  @Nullable String owner(ActorAddress address) {
    return cluster.current().owner(address);
  }

  /**
   * Whether an ask is done here: this node owns the instance, or hosts its actor and can't reach
   * the owner. The version check keeps the second safe.
   */
  boolean isHere(@Nullable String owner, boolean hosted) {
    return cluster.current().self().equals(owner)
        || (hosted && (owner == null || transport == null || !transport.health().reachable()));
  }

  /** Passes an ask on to the owner of its instance. */
  void ask(Work.Ask ask, String owner, boolean repeatable) {
    asksAfar.send(ask, owner, repeatable);
  }

  /** Wakes the owners of partitions that have deliveries and aren't this node's. */
  void wakeOwners(Collection<PartitionId> partitions) {
    if (transport == null || partitions.isEmpty()) {
      return;
    }
    Assignment now = cluster.current();
    Map<String, Set<PartitionId>> byOwner = new HashMap<>();
    for (PartitionId each : partitions) {
      String owner = now.owner(each.actor(), each.number());
      if (owner != null && !owner.equals(now.self())) {
        byOwner.computeIfAbsent(owner, node -> new HashSet<>()).add(each);
      }
    }
    byOwner.forEach(transport::wake);
  }

  /** As {@link #wakeOwners}, of partitions the sweeper made ready. */
  void released(List<TurnStore.Backlog> partitions) {
    wakeOwners(
        partitions.stream().map(each -> new PartitionId(each.actor(), each.partition())).toList());
  }

  /** Whether a delivery's partition is another node's, so that its owner has to be woken. */
  boolean isAfar(String actor, int partition) {
    return transport != null && !cluster.current().owns(actor, partition);
  }

  /** Tells the others that events have been published. */
  void announce() {
    if (transport != null && cluster.current().hasOthers()) {
      transport.announce();
    }
  }

  /** Gives this node's partitions away. */
  void leave() {
    if (transport != null) {
      cluster.leave();
    }
  }

  @Override
  public void woken(Collection<PartitionId> partitions) {
    partitions.forEach(intake::reread);
  }

  @Override
  public void received(Letter letter) {
    try {
      JsonNode body = Json.mapper().readTree(letter.body());
      JsonNode consumerReply = AskLetter.consumerReply(body);
      if (consumerReply != null) {
        replies.received(ConsumerReply.ofJson(Json.mapper().writeValueAsString(consumerReply)));
      } else if (AskLetter.isAsk(body)) {
        asksFromAfar.received(letter, body);
      } else if (AskLetter.isReply(body)) {
        asksAfar.received(AskLetter.reply(body));
      }
    } catch (RuntimeException unreadable) {
      log.warn("a letter from {} can't be read: {}", letter.from(), unreadable.toString());
    }
  }

  @Override
  public void published() {
    published.run();
  }

  @Override
  public void interrupted() {
    sweeper.lookEverywhere();
  }

  @Override
  public void close() {
    asksAfar.close();
    if (transport != null) {
      transport.close();
    }
  }

  private void changed(Assignment now) {
    shared |= now.hasOthers();
    intake.assign(cluster.current());
    asksAfar.changed(now);
  }

  private void post(String node, Letter letter) {
    if (transport != null) {
      transport.send(node, letter);
    }
  }
}
