package dev.relay.cli.command.bus;

import dev.relay.cli.config.Session;
import dev.relay.cli.database.Database;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import dev.relay.cli.redis.RedisSettings;
import dev.relay.message.Json;
import dev.relay.node.BusInspection;
import dev.relay.node.BusJson;
import dev.relay.node.Nodes;
import dev.relay.postgres.Migrations;
import dev.relay.postgres.PostgresStores;
import dev.relay.redis.EventWindow;
import dev.relay.redis.RedisCarrier;
import dev.relay.redis.RedisConfig;
import dev.relay.transport.Carrier;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The bus as Postgres and Redis show it, of which the user configured where they are. */
final class DirectBus implements BusAccess {
  private final BusInspection bus;
  private final String transport;

  private DirectBus(BusInspection bus, String transport) {
    this.bus = bus;
    this.transport = transport;
  }

  /** Opens the database for one action. */
  static <T> T with(Session session, Function<BusAccess, T> action) {
    RedisConfig redis = RedisSettings.read(session.settings());
    try (Database database = Database.open(session)) {
      DataSource source = database.dataSource();
      new Migrations(source).verify();
      Nodes nodes =
          new Nodes(
              PostgresStores.members(source),
              PostgresStores.history(source),
              InstantSource.system());
      BusInspection bus = new BusInspection(nodes, carrier(redis, source));
      return action.apply(new DirectBus(bus, redis == null ? "postgres" : "redis"));
    }
  }

  private static Carrier carrier(@Nullable RedisConfig redis, DataSource source) {
    return redis == null
        ? PostgresStores.carrier(source)
        : new RedisCarrier(redis, PostgresStores.feed(source), EventWindow.USUAL);
  }

  @Override
  public JsonObject info() {
    return object(json -> BusJson.write(json, bus.look(transport, null)));
  }

  @Override
  public JsonObject rebuild(boolean anew) {
    return object(json -> BusJson.write(json, bus.rebuild(anew)));
  }

  private static JsonObject object(Consumer<JsonGenerator> fields) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator json = Json.mapper().createGenerator(text)) {
      json.writeStartObject();
      fields.accept(json);
      json.writeEndObject();
    }
    return JsonText.object(text.toString());
  }
}
