package shoppers;

import dev.relay.Relay;
import dev.relay.embedded.EmbeddedPostgres;
import dev.relay.server.RelayServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The whole example shop behind its HTTP surface, on a Postgres of its own. */
final class OpenShop implements AutoCloseable {
  private static final Path EXAMPLE = Path.of("../ecommerce").toAbsolutePath().normalize();

  private final EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
  private final Relay relay =
      Relay.builder()
          .postgres(postgres.jdbcUrl(), postgres.user(), postgres.password())
          .actors(EXAMPLE.resolve("actors"))
          .flows(EXAMPLE.resolve("flows"))
          .start();
  private final RelayServer server = RelayServer.builder().relay(relay).port(0).start();

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  Shop shop() {
    return new Shop(List.of(url()), Duration.ofSeconds(60));
  }

  @Override
  public void close() {
    server.close();
    relay.close();
    postgres.close();
  }
}
