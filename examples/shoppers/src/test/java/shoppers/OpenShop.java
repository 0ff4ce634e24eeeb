package shoppers;

import dev.relay.Relay;
import dev.relay.RelayBuilder;
import dev.relay.embedded.EmbeddedPostgres;
import dev.relay.server.RelayServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/** The whole example shop behind its HTTP surface, on a Postgres of its own, in this process. */
final class OpenShop implements AutoCloseable {
  static final Path EXAMPLE = Path.of("../ecommerce").toAbsolutePath().normalize();

  private final List<String> urls = new ArrayList<>();
  private final Deque<Runnable> close = new ArrayDeque<>();

  private OpenShop() {}

  /** One node by itself. */
  static OpenShop oneNode() {
    return nodes(List.of(builder -> builder));
  }

  /** A node for each of these, which say what is special about it. */
  static OpenShop nodes(List<UnaryOperator<RelayBuilder>> specials) {
    OpenShop shop = new OpenShop();
    EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
    shop.close.push(postgres::close);
    specials.forEach(special -> shop.open(postgres, special));
    return shop;
  }

  private void open(EmbeddedPostgres postgres, UnaryOperator<RelayBuilder> special) {
    RelayBuilder builder =
        Relay.builder()
            .postgres(postgres.jdbcUrl(), postgres.user(), postgres.password())
            .actors(EXAMPLE.resolve("actors"))
            .flows(EXAMPLE.resolve("flows"));
    Relay relay = special.apply(builder).start();
    close.push(relay::close);
    RelayServer server = RelayServer.builder().relay(relay).port(0).start();
    close.push(server::close);
    urls.add("http://127.0.0.1:" + server.port());
  }

  /** The first node's address. */
  String url() {
    return urls.get(0);
  }

  Shop shop(Duration patience) {
    return new Shop(urls, patience);
  }

  @Override
  public void close() {
    close.forEach(Runnable::run);
  }
}
