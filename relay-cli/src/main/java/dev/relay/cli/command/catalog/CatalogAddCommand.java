package dev.relay.cli.command.catalog;

import dev.relay.cli.client.NodeClient;
import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.database.DatabaseCatalog;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.option.NodeOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.PayloadOptions;
import dev.relay.cli.option.Source;
import dev.relay.cli.option.Word;
import dev.relay.cli.output.Format;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code relay catalog add}: one event, without an actor.yaml. */
public final class CatalogAddCommand extends Verb {
  private final Word<String> name = arguments.required("EVENT", "its name, UPPER_SNAKE");
  private final Word<CatalogListCommand.Kind> kind =
      arguments.option(
          "--kind",
          "KIND",
          CatalogListCommand.Kind.class,
          "command, query or event (default event)");
  private final Word<String> producer =
      arguments.option("--producer", "ACTOR", "the one actor that emits it; an event needs one");
  private final Word<String> description =
      arguments.option("--description", "TEXT", "what it means, for people");
  private final Word<String> schema =
      arguments.option(
          "--schema", "FILE", "JSON Schema of the payload; - for stdin (default: any object)");
  private final Word<String> result =
      arguments.option("--result-schema", "FILE", "JSON Schema of the reply");
  private final Word<String> version =
      arguments.option("--schema-version", "VERSION", "semantic version (default 1.0.0)");
  private final Word<List<String>> consumers =
      arguments.options(
          "--consumer", "ACTOR:PATTERN", "who receives it, by ask, tell or publish; repeatable");
  private final NodeOptions nodes = new NodeOptions(arguments);
  private final OutputOptions output = new OutputOptions(arguments);

  public CatalogAddCommand(Session session) {
    super(
        session,
        "relay catalog add ORDER_SHIPPED --producer shipping --schema shipped.schema.json",
        "relay catalog add ORDER_SHIPPED --producer shipping --consumer notification:publish",
        "relay catalog add GET_QUOTE --kind query --consumer shipping:ask");
  }

  @Override
  public void run() {
    JsonObject event = nodes.ask(session, adding(JsonText.line(draft())));
    if (output.format() == Format.table) {
      session.terminal().err().println("added " + name.value());
    }
    output.printer(session).print(new EventView(event));
  }

  private static Source<JsonObject> adding(String draft) {
    return new Source<>() {
      @Override
      public JsonObject fromNode(NodeClient node) {
        return node.post("/api/catalog/events", draft).objects("events").get(0);
      }

      @Override
      public JsonObject fromDatabase(Session here) {
        return DatabaseCatalog.add(here, draft);
      }
    };
  }

  private Map<String, @Nullable Object> draft() {
    Map<String, @Nullable Object> draft = new LinkedHashMap<>();
    draft.put("event_name", name.value());
    draft.put("kind", kind.or(CatalogListCommand.Kind.event).name());
    put(draft, "description", description);
    put(draft, "producer_actor", producer);
    put(draft, "schema_version", version);
    if (schema.said()) {
      draft.put("payload_schema", document(schema.value()));
    }
    if (result.said()) {
      draft.put("result_schema", document(result.value()));
    }
    List<Object> list = new ArrayList<>();
    for (String consumer : consumers.or(List.of())) {
      list.add(consumer(consumer));
    }
    draft.put("consumers", list);
    return draft;
  }

  private static void put(Map<String, @Nullable Object> draft, String field, Word<String> word) {
    if (word.said()) {
      draft.put(field, word.value());
    }
  }

  private static Map<String, Object> consumer(String text) {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw CommandFailure.usage("a consumer is ACTOR:PATTERN, found \"" + text + "\"")
          .fix("for example --consumer notification:publish");
    }
    Map<String, Object> consumer = new LinkedHashMap<>();
    consumer.put("actor", text.substring(0, colon));
    consumer.put("pattern", text.substring(colon + 1));
    return consumer;
  }

  private @Nullable Object document(String file) {
    try {
      String text =
          file.equals("-")
              ? new String(session.terminal().in().readAllBytes(), StandardCharsets.UTF_8)
              : Files.readString(session.directory().resolve(file));
      return PayloadOptions.parse(text, file.equals("-") ? "stdin" : file);
    } catch (IOException e) {
      throw CommandFailure.usage(file + " can't be read: " + e.getMessage());
    }
  }
}
