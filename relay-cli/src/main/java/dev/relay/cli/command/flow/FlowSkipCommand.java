package dev.relay.cli.command.flow;

import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.option.NodeOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.Word;
import dev.relay.cli.output.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.exc.StreamReadException;

/** {@code relay flow skip}: a run goes on as if its step were done. */
public final class FlowSkipCommand extends Verb {
  private final Word<String> run = arguments.required("FLOW/KEY", "as relay flow list shows it");
  private final Word<String> step =
      arguments.option(
          "--step", "STEP", "only if it is at this step, in case it went on meanwhile");
  private final Word<String> result =
      arguments.option("--result", "JSON", "what later steps find as the result of the step");
  private final NodeOptions nodes = new NodeOptions(arguments);
  private final OutputOptions output = new OutputOptions(arguments);

  public FlowSkipCommand(Session session) {
    super(
        session,
        "relay flow skip checkout/o1 --step send_email",
        "relay flow skip checkout/o1 --result '{\"paid\":true}'");
  }

  @Override
  public void run() {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("by", System.getProperty("user.name", "a person"));
    if (step.said()) {
      body.put("step", step.value());
    }
    if (result.said()) {
      body.put("result", result(result.value()));
    }
    new Decision(session, nodes, output).take(run.value(), "skip", body);
  }

  private static @Nullable Object result(String text) {
    try {
      return JsonText.read(text);
    } catch (StreamReadException broken) {
      throw CommandFailure.usage("--result is JSON, not " + text)
          .fix("a text needs its quotes: --result '\"text\"'");
    }
  }
}
