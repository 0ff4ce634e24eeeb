package dev.relay.cli.database;

import dev.relay.cli.config.Session;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import dev.relay.message.Json;
import dev.relay.node.NodeLoad;
import dev.relay.node.Nodes;
import dev.relay.node.NodesJson;
import dev.relay.postgres.Migrations;
import dev.relay.postgres.PostgresStores;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import tools.jackson.core.JsonGenerator;

/** The living nodes as Postgres has them, in the form of a node's answer. */
public final class DatabaseNodes {
  private DatabaseNodes() {}

  /** As {@code GET /api/nodes}. */
  public static JsonObject list(Session session) {
    try (Database database = Database.open(session)) {
      DataSource source = database.dataSource();
      new Migrations(source).verify();
      List<NodeLoad> loads =
          new Nodes(
                  PostgresStores.members(source),
                  PostgresStores.history(source),
                  InstantSource.system())
              .list();
      StringWriter text = new StringWriter(512);
      try (JsonGenerator json = Json.mapper().createGenerator(text)) {
        json.writeStartObject();
        NodesJson.write(json, loads);
        json.writeEndObject();
      }
      return JsonText.object(text.toString());
    }
  }
}
