package dev.relay.server;

import dev.relay.Relay;
import dev.relay.RelayBuilder;
import dev.relay.embedded.EmbeddedPostgres;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One node for all test classes: a real Postgres, a real engine, the test's actors. */
final class RunningNode implements ParameterResolver {
  /** What runs. */
  record Node(EmbeddedPostgres postgres, Relay relay, RelayServer server) implements AutoCloseable {
    static Node start(UnaryOperator<RelayBuilder> actors, UnaryOperator<RelayServer.Builder> more) {
      EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
      try {
        Relay relay =
            actors
                .apply(
                    Relay.builder()
                        .postgres(postgres.jdbcUrl(), postgres.user(), postgres.password()))
                .start();
        RelayServer server = more.apply(RelayServer.builder().relay(relay).port(0)).start();
        return new Node(postgres, relay, server);
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
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Node.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // the root's store closes it after the last test class
    return context
        .getRoot()
        .getStore(Namespace.create(RunningNode.class))
        .computeIfAbsent(Node.class, type -> start());
  }

  private static Node start() {
    return Node.start(
        relay -> relay.actors(actors()),
        server -> server.webhooks(RunningNode.class.getClassLoader()));
  }

  static Path actors() {
    return folder("/actors");
  }

  /** A folder of the test's resources. */
  static Path folder(String name) {
    URL folder = Objects.requireNonNull(RunningNode.class.getResource(name));
    try {
      return Path.of(folder.toURI());
    } catch (URISyntaxException unusable) {
      throw new IllegalStateException(unusable);
    }
  }
}
