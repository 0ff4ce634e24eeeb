package dev.relay.cli.command.actor;

import dev.relay.cli.client.NodeClient;
import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.database.DatabaseInstances;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.option.NodeOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.Source;
import dev.relay.cli.option.Word;
import dev.relay.cli.output.Format;
import dev.relay.cli.output.JsonObject;

/** {@code relay actor state}: one instance as Postgres holds it. */
public final class ActorStateCommand extends Verb {
  private final Word<String> actor = arguments.required("ACTOR", "the actor, or ACTOR/KEY");
  private final Word<String> key = arguments.optional("KEY", "the instance");
  private final NodeOptions nodes = new NodeOptions(arguments);
  private final OutputOptions output = new OutputOptions(arguments);

  public ActorStateCommand(Session session) {
    super(
        session,
        "relay actor state cart user123",
        "relay actor state cart/user123 | jq .items",
        "relay actor state cart user123 -o yaml");
  }

  @Override
  public void run() {
    String first = actor.value();
    int slash = key.said() ? -1 : first.indexOf('/');
    String name = slash < 0 ? first : first.substring(0, slash);
    String instance = slash < 0 ? key.or("") : first.substring(slash + 1);
    if (instance.isEmpty()) {
      throw CommandFailure.usage("an actor and a key are expected, the key is missing")
          .fix("relay actor list " + name + " shows the keys");
    }
    show(nodes.ask(session, instance(name, instance)));
  }

  private static Source<JsonObject> instance(String name, String instance) {
    return new Source<>() {
      @Override
      public JsonObject fromNode(NodeClient node) {
        String escaped = NodeClient.escape(name) + "/" + NodeClient.escape(instance);
        return node.get("/api/actors/" + escaped);
      }

      @Override
      public JsonObject fromDatabase(Session here) {
        return DatabaseInstances.find(here, name, instance);
      }
    };
  }

  private void show(JsonObject state) {
    if (output.format() == Format.table) {
      String head = state.text("actor") + "/" + state.text("key");
      String tail = "  version " + state.text("version") + "  updated " + state.text("updated_at");
      session.terminal().err().println(head + tail);
    }
    output.printer(session).print(new InstanceView(state));
  }
}
