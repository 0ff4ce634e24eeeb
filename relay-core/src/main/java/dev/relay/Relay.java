package dev.relay;

import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogChanges;
import dev.relay.catalog.CatalogStore;
import dev.relay.cluster.Assignment;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.flow.FlowRuns;
import dev.relay.flow.Flows;
import dev.relay.message.ActorAddress;
import dev.relay.message.Json;
import dev.relay.message.Message;
import dev.relay.message.MessageId;
import dev.relay.metric.Sample;
import dev.relay.node.DeadLetters;
import dev.relay.node.FeedFollower;
import dev.relay.node.HostedActor;
import dev.relay.node.InstanceState;
import dev.relay.node.Instances;
import dev.relay.node.Node;
import dev.relay.node.Nodes;
import dev.relay.node.Peers;
import dev.relay.node.Receipt;
import dev.relay.node.SendRequest;
import dev.relay.node.Tracer;
import dev.relay.postgres.CatalogWatch;
import dev.relay.store.Feed;
import dev.relay.store.InstanceStore;
import dev.relay.transport.Health;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The front door of the library: a node in this process, its actors and its catalog.
 *
 * <pre>{@code
 * try (Relay relay = Relay.builder().postgres(url, user, password).actors(Path.of("actors")).start()) {
 *   Cart cart = relay.ask("cart", "ADD_TO_CART", item).as(Cart.class);
 * }
 * }</pre>
 *
 * An app may hold several. Thread-safe. Methods without {@code Async} block the caller; the futures
 * of the others are completed by a thread of the node's, which must not be blocked. All of them
 * fail with {@link RelayException}, whose code says why.
 */
public final class Relay implements AutoCloseable {
  /** What {@link Startup} has wired together. */
  record Parts(
      Node node,
      CatalogWatch watch,
      CatalogStore catalogStore,
      Feed feed,
      Tracer tracer,
      Nodes nodes,
      InstanceStore instances,
      Instances finding,
      MetricUpkeep metrics,
      DataSource dataSource,
      DeadLetters deadLetters,
      CatalogChanges changes,
      Peers peers,
      Flows flows,
      FlowRuns flowRuns) {}

  private final Parts parts;
  private final List<Runnable> onClose;
  private @Nullable FeedFollower follower;
  private boolean closed;

  Relay(Parts parts, List<Runnable> onClose) {
    this.parts = parts;
    this.onClose = onClose;
  }

  /** Starts to describe a Relay. */
  public static RelayBuilder builder() {
    return new RelayBuilder();
  }

  /** Sends by the catalog's pattern, with everything a request can say; never blocks. */
  public CompletableFuture<Receipt> send(SendRequest request) {
    return parts.flows().send(request);
  }

  /**
   * Asks an actor and waits for its reply, as long as the catalog allows.
   *
   * @param payload anything that Jackson writes as a JSON object
   */
  public Reply ask(String actor, String event, Object payload) {
    return wait(askAsync(actor, event, payload));
  }

  /** Asks an actor. */
  public CompletableFuture<Reply> askAsync(String actor, String event, Object payload) {
    return send(SendRequest.to(actor, event, tree(payload)))
        .thenApply(
            receipt -> {
              if (receipt instanceof Receipt.Answered answered) {
                return Reply.of(answered);
              }
              throw RelayException.of(
                      ErrorCode.MALFORMED_REQUEST,
                      actor + " receives " + event + " without answering; it was accepted")
                  .remedy("use tell")
                  .build();
            });
  }

  /** Tells an actor; when this returns, the message is safe in Postgres. */
  public MessageId tell(String actor, String event, Object payload) {
    return wait(tellAsync(actor, event, payload));
  }

  /** Tells an actor. */
  public CompletableFuture<MessageId> tellAsync(String actor, String event, Object payload) {
    return send(SendRequest.to(actor, event, tree(payload))).thenApply(Receipt::id);
  }

  /** Publishes an event to all its consumers; when this returns, it is safe in Postgres. */
  public MessageId publish(String event, Object payload) {
    return wait(publishAsync(event, payload));
  }

  /** Publishes an event to all its consumers. */
  public CompletableFuture<MessageId> publishAsync(String event, Object payload) {
    return send(SendRequest.publish(event, tree(payload))).thenApply(Receipt::id);
  }

  /**
   * Listens to published events from now on. Not durable: for work that must not be missed, declare
   * a consumer in the catalog.
   *
   * @param eventPattern an event's name, {@code *} standing for any characters
   * @param listener is called one event after the other, in order, on one thread for all listeners
   */
  public Subscription subscribe(String eventPattern, Consumer<Message> listener) {
    Pattern names = Pattern.compile(Pattern.quote(eventPattern).replace("*", "\\E.*\\Q"));
    return follower().listen(name -> names.matcher(name).matches(), listener)::run;
  }

  /** The current snapshot of the catalog; never blocks. */
  public Catalog catalog() {
    return parts.watch().current();
  }

  /** The catalog's store: load, preview, apply, add. Blocks on Postgres. */
  public CatalogStore catalogStore() {
    return parts.catalogStore();
  }

  /** What applying the definitions at start changed in the catalog. */
  public CatalogChanges changes() {
    return parts.changes();
  }

  /** One instance as Postgres holds it. Blocks on Postgres. */
  public Optional<InstanceState> instance(ActorAddress address) {
    return parts.instances().find(address).map(InstanceState::of);
  }

  /** Instances of an actor in the order of their keys, behind a key. Blocks on Postgres. */
  public List<InstanceState> instances(String actor, String afterKey, int limit) {
    return parts.instances().list(actor, afterKey, limit).stream().map(InstanceState::of).toList();
  }

  /** Finds instances by what they remember. Blocks on Postgres. */
  public Instances.Page find(Instances.Question question) {
    return parts.finding().find(question);
  }

  /** What the business counts, up to now, of all actors. Blocks on Postgres. */
  public List<Sample> businessMetrics() {
    return parts.metrics().samples();
  }

  /** The actors this node hosts, by name. */
  public List<HostedActor> actors() {
    return parts.node().actors();
  }

  /** Deliveries that were given up, of all actors, hosted here or not. Blocks on Postgres. */
  public DeadLetters deadLetters() {
    return parts.deadLetters();
  }

  /** Processes across actors: started, waited for and repaired. */
  public Flows flows() {
    return parts.flows();
  }

  /** Flows and their runs, to look at. Blocks on Postgres. */
  public FlowRuns flowRuns() {
    return parts.flowRuns();
  }

  /** The living nodes and who owns which partition, as this node knows it; never blocks. */
  public Assignment cluster() {
    return parts.peers().cluster().current();
  }

  /**
   * What carries notices between the nodes and how it is; empty where this node is alone. Never
   * blocks.
   */
  public Optional<TransportStatus> transport() {
    return Optional.ofNullable(parts.peers().transport())
        .map(transport -> new TransportStatus(transport.name(), transport.health()));
  }

  /**
   * A transport and how it is.
   *
   * @param name {@code in-process}, {@code postgres} or {@code redis}
   */
  public record TransportStatus(String name, Health health) {}

  /** The stream of published events. Reading it blocks on Postgres. */
  public Feed feed() {
    return parts.feed();
  }

  /** The living nodes, and how far behind each is. Blocks on Postgres. */
  public Nodes nodes() {
    return parts.nodes();
  }

  /** Follows messages to what became of them. Blocks on Postgres. */
  public Tracer tracer() {
    return parts.tracer();
  }

  /**
   * Calls back soon after this node has published events: a hint to read the feed. Events of other
   * nodes come without one.
   *
   * @param wakeUp is called on a thread of the node's and must not block
   */
  public Subscription onPublished(Runnable wakeUp) {
    return parts.node().onPublished(wakeUp)::run;
  }

  /** Why this node should get no requests now; empty where it should. Blocks on Postgres. */
  public Optional<String> notReady() {
    if (isClosed()) {
      return Optional.of("the node is stopping");
    }
    try (Connection connection = parts.dataSource().getConnection()) {
      return connection.isValid(1)
          ? Optional.empty()
          : Optional.of("Postgres doesn't answer within a second");
    } catch (SQLException failure) {
      return Optional.of("Postgres can't be reached: " + failure.getMessage());
    }
  }

  /** Refuses new work, finishes what was accepted, within a bound, and stops. Idempotent. */
  @Override
  public void close() {
    FeedFollower following;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      following = follower;
    }
    parts.node().close();
    if (following != null) {
      following.close();
    }
    onClose.forEach(Runnable::run);
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized FeedFollower follower() {
    FeedFollower following = follower;
    if (following == null) {
      following = new FeedFollower(parts.feed());
      parts.node().onPublished(following::wake);
      follower = following;
    }
    return following;
  }

  private static JsonNode tree(Object payload) {
    return payload instanceof JsonNode node ? node : Json.mapper().valueToTree(payload);
  }

  private static <T> T wait(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RelayException known) {
        throw known;
      }
      throw failure;
    }
  }
}
