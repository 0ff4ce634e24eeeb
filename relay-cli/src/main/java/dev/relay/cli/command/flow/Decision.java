package dev.relay.cli.command.flow;

import dev.relay.cli.config.Session;
import dev.relay.cli.option.NodeOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.output.Format;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hands a person's decision about a run to a node and says what came of it. */
final class Decision {
  private final Session session;
  private final NodeOptions nodes;
  private final OutputOptions output;

  Decision(Session session, NodeOptions nodes, OutputOptions output) {
    this.session = session;
    this.nodes = nodes;
    this.output = output;
  }

  /**
   * Decides.
   *
   * @param action as the path of the endpoint has it
   * @param body what else is said
   */
  void take(String run, String action, Map<String, @Nullable Object> body) {
    RunName name = RunName.of(run);
    JsonObject answer = nodes.node(session).post(name.path() + "/" + action, JsonText.line(body));
    if (output.format() != Format.table) {
      output.printer(session).print(new RunView(answer));
      return;
    }
    String wish = answer.text("wish");
    String soon = wish.isEmpty() ? "" : "; " + wish + " follows when its present steps are done";
    session
        .terminal()
        .err()
        .println(name + " is " + answer.text("status") + soon + "  relay flow show " + name);
  }
}
