package dev.relay.server;

import dev.relay.Relay;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.server.endpoint.ActorsEndpoint;
import dev.relay.server.endpoint.BusEndpoint;
import dev.relay.server.endpoint.CatalogEndpoint;
import dev.relay.server.endpoint.DeadLettersEndpoint;
import dev.relay.server.endpoint.FlowsEndpoint;
import dev.relay.server.endpoint.IndexEndpoint;
import dev.relay.server.endpoint.MetricsEndpoint;
import dev.relay.server.endpoint.NodesEndpoint;
import dev.relay.server.endpoint.OperationsEndpoint;
import dev.relay.server.endpoint.RequestJson;
import dev.relay.server.endpoint.SendEndpoint;
import dev.relay.server.endpoint.StreamEndpoint;
import dev.relay.server.endpoint.TraceEndpoint;
import dev.relay.server.endpoint.WebhooksEndpoint;
import dev.relay.server.http.Endpoint;
import dev.relay.server.http.FrontDoor;
import dev.relay.server.http.HttpListener;
import dev.relay.server.http.Limits;
import dev.relay.server.http.Route;
import dev.relay.server.sse.StreamHub;
import dev.relay.server.webhook.Webhook;
import dev.relay.transport.Carrier;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP surface of a {@link Relay}: actors, events, catalog and operations over HTTP and
 * server-sent events. It has no authentication, so it binds the loopback address unless told
 * otherwise. Thread-safe.
 *
 * <pre>{@code
 * try (Relay relay = Relay.builder().postgres(dataSource).actors(folder).start();
 *     RelayServer server = RelayServer.builder().relay(relay).port(3000).start()) {
 *   …
 * }
 * }</pre>
 */
public final class RelayServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RelayServer.class);

  private final FrontDoor door;
  private final StreamHub streams;
  private final HttpListener listener;
  private final Duration drainTimeout;
  private final AtomicBoolean closed = new AtomicBoolean();

  private RelayServer(
      FrontDoor door, StreamHub streams, HttpListener listener, Duration drainTimeout) {
    this.door = door;
    this.streams = streams;
    this.listener = listener;
    this.drainTimeout = drainTimeout;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The port it listens on. */
  public int port() {
    return listener.port();
  }

  /**
   * Turns readiness red, ends the event streams, refuses new requests with 503, waits for the
   * accepted ones (30 s at most, see {@link Builder#drainTimeout}) and stops. The {@link Relay}
   * behind stays open. Idempotent.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    door.drain();
    // an open stream would count as a request that never ends
    streams.close();
    try {
      if (!door.awaitEmpty(drainTimeout)) {
        log.warn("some requests weren't answered within {}, they are cut off", drainTimeout);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      listener.close();
      door.close();
    }
  }

  /** Collects what a server is made of. Not thread-safe. */
  public static final class Builder {
    private @Nullable Relay relay;
    private String host = "127.0.0.1";
    private int port = 3000;
    private int ioThreads = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
    private @Nullable PrometheusMeterRegistry metrics;
    private @Nullable Carrier carrier;
    private final List<Webhook> webhooks = new ArrayList<>();
    private Limits limits = Limits.DEFAULT;

    private Builder() {}

    /** What the server is the surface of; required, and not closed by the server. */
    public Builder relay(Relay value) {
      this.relay = value;
      return this;
    }

    /** The address or name to bind, {@code 127.0.0.1} by default; {@code 0.0.0.0} for all. */
    public Builder host(String value) {
      this.host = value;
      return this;
    }

    /** The port, 3000 by default; 0 for any free one. */
    public Builder port(int value) {
      if (value < 0 || value > 65535) {
        throw new IllegalArgumentException("a port is a number from 0 to 65535, not " + value);
      }
      this.port = value;
      return this;
    }

    /** Threads that read and write sockets; one a processor by default, at most 4. */
    public Builder ioThreads(int value) {
      this.ioThreads = value;
      return this;
    }

    /** Where meters are kept and {@code /metrics} reads them; a registry of its own by default. */
    public Builder metrics(PrometheusMeterRegistry value) {
      this.metrics = value;
      return this;
    }

    /**
     * What lies beneath the Relay's transport, for {@code /api/bus}; absent by default, and then
     * only nodes and partitions are shown there.
     */
    public Builder carrier(Carrier value) {
      this.carrier = value;
      return this;
    }

    /** What another system may call; may be called again for more. None by default. */
    public Builder webhook(Webhook value) {
      this.webhooks.add(value);
      return this;
    }

    /**
     * The same for every {@link Webhook} that {@code META-INF/services} names.
     *
     * @param loader where the application's classes are
     * @throws RelayException {@code DEFINITION_INVALID} where one of them can't be made
     */
    public Builder webhooks(ClassLoader loader) {
      try {
        ServiceLoader.load(Webhook.class, loader).forEach(webhooks::add);
        return this;
      } catch (ServiceConfigurationError unusable) {
        throw RelayException.of(
                ErrorCode.DEFINITION_INVALID, "a webhook can't be made: " + unusable.getMessage())
            .remedy("see META-INF/services/" + Webhook.class.getName() + " on the class path")
            .cause(unusable)
            .build();
      }
    }

    /** Longest request body in bytes, 1 MiB by default; longer ones are answered 413. */
    public Builder maxBodyBytes(int value) {
      this.limits = limits.withMaxBodyBytes(value);
      return this;
    }

    /** Requests worked on at once, 4096 by default; more are answered 503. */
    public Builder maxRequests(int value) {
      this.limits = limits.withMaxRequests(value);
      return this;
    }

    /** Event streams open at once, 256 by default; more are answered 503. */
    public Builder maxStreams(int value) {
      this.limits = limits.withMaxStreams(value);
      return this;
    }

    /** How long a body may take to arrive, 20 s by default; a slower one is answered 408. */
    public Builder bodyTimeout(Duration value) {
      this.limits = limits.withBodyTimeout(value);
      return this;
    }

    /** How long {@link RelayServer#close} waits for accepted requests, 30 s by default. */
    public Builder drainTimeout(Duration value) {
      this.limits = limits.withDrainTimeout(value);
      return this;
    }

    /**
     * Binds and starts.
     *
     * @throws ServerStartException where the address can't be had
     */
    public RelayServer start() {
      Relay behind = relay;
      if (behind == null) {
        throw new IllegalStateException("a server needs its Relay: builder().relay(…)");
      }
      PrometheusMeterRegistry registry =
          metrics != null ? metrics : new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      StreamHub streams = new StreamHub(behind, limits.maxStreams(), registry);
      FrontDoor door = new Assembly(behind, carrier, webhooks, streams, registry, limits).door();
      return new RelayServer(door, streams, listen(door, streams), limits.drainTimeout());
    }

    private HttpListener listen(FrontDoor door, StreamHub streams) {
      try {
        return new HttpListener(host, port, ioThreads, door, limits);
      } catch (RuntimeException failure) {
        streams.close();
        door.close();
        throw BindFailure.explain(failure, host, port);
      }
    }
  }

  /** Wires the endpoints together. */
  private static final class Assembly {
    private final List<Route> routes = new ArrayList<>();
    private final FrontDoor door;

    Assembly(
        Relay relay,
        @Nullable Carrier carrier,
        List<Webhook> webhooks,
        StreamHub streams,
        PrometheusMeterRegistry registry,
        Limits limits) {
      RequestJson json = new RequestJson(limits.maxBodyBytes());
      add(new SendEndpoint(relay, json));
      add(new ActorsEndpoint(relay));
      add(new MetricsEndpoint(relay));
      add(new StreamEndpoint(relay, streams));
      add(new TraceEndpoint(relay));
      add(new NodesEndpoint(relay));
      add(new BusEndpoint(relay, carrier, json));
      add(new DeadLettersEndpoint(relay, json));
      add(new FlowsEndpoint(relay, json));
      add(new WebhooksEndpoint(relay, webhooks));
      add(new CatalogEndpoint(relay, json));
      add(new OperationsEndpoint(registry, () -> notReady(relay)));
      add(new IndexEndpoint(() -> List.copyOf(routes)));
      this.door = new FrontDoor(routes, limits, registry);
    }

    FrontDoor door() {
      return door;
    }

    private void add(Endpoint endpoint) {
      routes.addAll(endpoint.routes());
    }

    private Optional<String> notReady(Relay relay) {
      return door.draining() ? Optional.of("the node is stopping") : relay.notReady();
    }
  }
}
