package dev.relay.cli.command.actor;

import dev.relay.cli.client.NodeClient;
import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.option.NodeOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.output.Format;
import dev.relay.cli.output.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code relay actor state}: one instance as Postgres holds it. */
@Command(
    footer = {
      "  relay actor state cart user123",
      "  relay actor state cart/user123 | jq .items",
      "  relay actor state cart user123 -o yaml"
    })
public final class ActorStateCommand implements Verb {
  private final Session session;

  @Parameters(index = "0", paramLabel = "ACTOR", description = "the actor, or ACTOR/KEY")
  private String actor = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "KEY", description = "the instance")
  private @Nullable String key;

  @Mixin private NodeOptions nodes = new NodeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  public ActorStateCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    int slash = actor.indexOf('/');
    String name = key == null && slash > 0 ? actor.substring(0, slash) : actor;
    String instance = key == null && slash > 0 ? actor.substring(slash + 1) : key;
    if (instance == null || instance.isEmpty()) {
      throw CommandFailure.usage("an actor and a key are expected, the key is missing")
          .fix("relay actor list " + name + " shows the keys");
    }
    String path = "/api/actors/" + NodeClient.escape(name) + "/" + NodeClient.escape(instance);
    show(nodes.node(session).get(path));
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
