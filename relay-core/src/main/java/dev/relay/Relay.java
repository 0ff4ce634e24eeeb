package dev.relay;

import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogStore;
import dev.relay.message.ActorAddress;
import dev.relay.message.Message;
import dev.relay.message.MessageId;
import dev.relay.node.HostedActor;
import dev.relay.node.InstanceState;
import dev.relay.node.Receipt;
import dev.relay.node.SendRequest;
import dev.relay.store.Feed;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** The front door. NOT YET IMPLEMENTED: signatures to build against; the engine lands here soon. */
public final class Relay implements AutoCloseable {
  private Relay() {}

  public static Builder builder() {
    return new Builder();
  }

  /** Sends by the catalog's pattern: never blocks; fails with RelayException. */
  public CompletableFuture<Receipt> send(SendRequest request) {
    throw new UnsupportedOperationException(request.event());
  }

  public Reply ask(String actor, String event, Object payload) {
    throw new UnsupportedOperationException(actor + event + payload);
  }

  public CompletableFuture<Reply> askAsync(String actor, String event, Object payload) {
    throw new UnsupportedOperationException(actor + event + payload);
  }

  public MessageId tell(String actor, String event, Object payload) {
    throw new UnsupportedOperationException(actor + event + payload);
  }

  public CompletableFuture<MessageId> tellAsync(String actor, String event, Object payload) {
    throw new UnsupportedOperationException(actor + event + payload);
  }

  public MessageId publish(String event, Object payload) {
    throw new UnsupportedOperationException(event + payload);
  }

  public CompletableFuture<MessageId> publishAsync(String event, Object payload) {
    throw new UnsupportedOperationException(event + payload);
  }

  /** Live events whose name matches, {@code *} standing for any characters; from now on. */
  public Subscription subscribe(String eventPattern, Consumer<Message> listener) {
    throw new UnsupportedOperationException(eventPattern + listener);
  }

  /** The current snapshot; never blocks. */
  public Catalog catalog() {
    throw new UnsupportedOperationException();
  }

  /** The catalog's store: load, preview, apply, add. Blocks on Postgres. */
  public CatalogStore catalogStore() {
    throw new UnsupportedOperationException();
  }

  /** One instance as Postgres holds it. Blocks on Postgres. */
  public Optional<InstanceState> instance(ActorAddress address) {
    throw new UnsupportedOperationException(address.toString());
  }

  /** Instances of an actor by key, after a key, up to a limit. Blocks on Postgres. */
  public List<InstanceState> instances(String actor, String afterKey, int limit) {
    throw new UnsupportedOperationException(actor + afterKey + limit);
  }

  /** The actors this node hosts, by name. */
  public List<HostedActor> actors() {
    throw new UnsupportedOperationException();
  }

  /** The stream of published events. */
  public Feed feed() {
    throw new UnsupportedOperationException();
  }

  /** Calls back soon after events have been published by anyone (a hint to read the feed). */
  public Subscription onPublished(Runnable wakeUp) {
    throw new UnsupportedOperationException(wakeUp.toString());
  }

  /** Whether Postgres answers and the node takes work; empty = ready, else why not. */
  public Optional<String> notReady() {
    throw new UnsupportedOperationException();
  }

  /** Refuses new work, finishes what was accepted (bounded), stops. Idempotent. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }

  /** Collects what a Relay is made of. Not thread-safe. */
  public static final class Builder {
    public Builder postgres(DataSource dataSource) {
      throw new UnsupportedOperationException(dataSource.toString());
    }

    /** Connects by URL; Relay owns the pools. */
    public Builder postgres(String jdbcUrl, String user, String password) {
      throw new UnsupportedOperationException(jdbcUrl + user + password);
    }

    /** A folder of actors ({@code actors/cart/actor.yaml}), or one file; may be called again. */
    public Builder actors(Path folder) {
      throw new UnsupportedOperationException(folder.toString());
    }

    /** Hosts only these of the defined actors. */
    public Builder host(String... actorNames) {
      throw new UnsupportedOperationException(List.of(actorNames).toString());
    }

    /** Where the classes named in the definitions are found. */
    public Builder classLoader(ClassLoader loader) {
      throw new UnsupportedOperationException(loader.toString());
    }

    public Builder metrics(MeterRegistry registry) {
      throw new UnsupportedOperationException(registry.toString());
    }

    /** Whether pending migrations are applied at start (default true). */
    public Builder migrate(boolean apply) {
      throw new UnsupportedOperationException(String.valueOf(apply));
    }

    /** Migrates, applies the definitions to the catalog, starts the node. */
    public Relay start() {
      return new Relay();
    }
  }
}
