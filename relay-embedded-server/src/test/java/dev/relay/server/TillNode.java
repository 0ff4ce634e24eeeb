package dev.relay.server;

import dev.relay.Relay;
import dev.relay.embedded.EmbeddedPostgres;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/** A node with a flow, an index and business metrics. */
record TillNode(EmbeddedPostgres postgres, Relay relay, RelayServer server)
    implements AutoCloseable {
  static TillNode start() {
    EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
    try {
      PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      Relay relay =
          Relay.builder()
              .postgres(postgres.jdbcUrl(), postgres.user(), postgres.password())
              .actors(folder().resolve("actors"))
              .flows(folder().resolve("flows"))
              .metrics(registry)
              .start();
      RelayServer server = RelayServer.builder().relay(relay).port(0).metrics(registry).start();
      return new TillNode(postgres, relay, server);
    } catch (RuntimeException failure) {
      postgres.close();
      throw failure;
    }
  }

  Caller caller() {
    return new Caller(server.port());
  }

  @Override
  public void close() {
    server.close();
    relay.close();
    postgres.close();
  }

  private static Path folder() {
    URL folder = Objects.requireNonNull(TillNode.class.getResource("/till"));
    try {
      return Path.of(folder.toURI());
    } catch (URISyntaxException unusable) {
      throw new IllegalStateException(unusable);
    }
  }
}
