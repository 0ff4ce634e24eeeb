package dev.relay.cli.command;

import dev.relay.cli.client.NodeClient;
import dev.relay.cli.config.Session;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.option.DurationConverter;
import dev.relay.cli.option.NodeOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.PayloadOptions;
import dev.relay.cli.option.Word;
import dev.relay.cli.output.Format;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import dev.relay.failure.RelayException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code relay send}: one message to one actor; the catalog knows whether it is answered. */
public final class SendCommand extends Verb {
  /** How much longer than the work itself the way there and back may take. */
  private static final Duration ON_THE_WAY = Duration.ofSeconds(5);

  private final Word<String> actor = arguments.required("ACTOR", "who receives it");
  private final Word<String> event = arguments.required("EVENT", "its name in the catalog");
  private final Word<String> dash = arguments.optional("-", "read the payload from stdin");
  private final PayloadOptions payload = new PayloadOptions(arguments);
  private final Word<String> key =
      arguments.option("--key", "KEY", "the actor instance, where the payload shouldn't decide");
  private final Word<String> requestId =
      arguments.option(
          "--request-id", "ID", "the same id again gets the recorded answer and changes nothing");
  private final Word<Duration> timeout =
      arguments.option(
          "--timeout",
          "TIME",
          new DurationConverter(),
          "how long an answer may take, e.g. 10s (default: the catalog's)");
  private final NodeOptions nodes = new NodeOptions(arguments);
  private final OutputOptions output = new OutputOptions(arguments);

  public SendCommand(Session session) {
    super(
        session,
        "relay send cart ADD_TO_CART --file item.json --request-id order-7-item-1",
        "relay send cart GET_CART --json '{\"userId\":\"user123\"}' | jq .total",
        "relay catalog show ADD_TO_CART --example | relay send cart ADD_TO_CART -");
  }

  @Override
  public void run() {
    if (!dash.or("-").equals("-")) {
      throw CommandFailure.usage("unknown argument \"" + dash.value() + "\"")
          .fix("the payload goes after --json or --file, or is read from stdin with -");
    }
    Object value = payload.read(session, dash.said(), example());
    NodeClient node = nodes.node(session);
    long start = System.nanoTime();
    JsonObject answer = send(node, JsonText.line(envelope(value)));
    show(answer, (System.nanoTime() - start) / 1_000_000);
  }

  private Map<String, @Nullable Object> envelope(@Nullable Object value) {
    Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
    envelope.put("event_type", event.value());
    envelope.put("payload", value);
    if (key.said()) {
      envelope.put("key", key.value());
    }
    if (requestId.said()) {
      envelope.put("request_id", requestId.value());
    }
    if (timeout.said()) {
      envelope.put("timeout_ms", timeout.value().toMillis());
    }
    return envelope;
  }

  private JsonObject send(NodeClient node, String body) {
    String path = "/api/actors/" + NodeClient.escape(actor.value());
    try {
      return timeout.said()
          ? node.post(path, body, timeout.value().plus(ON_THE_WAY))
          : node.post(path, body);
    } catch (RelayException e) {
      throw withRemedy(e);
    }
  }

  private RelayException withRemedy(RelayException refusal) {
    String remedy =
        switch (refusal.code()) {
          case NOT_A_CONSUMER -> "relay catalog show " + event.value() + " names its consumers";
          case PAYLOAD_INVALID, KEY_MISSING -> example();
          default -> refusal.remedy().orElse(null);
        };
    return refusal.withRemedy(remedy);
  }

  private String example() {
    String name = event.value();
    String send = "relay send " + actor.value() + " " + name + " -";
    return "relay catalog show " + name + " --example | " + send;
  }

  private void show(JsonObject answer, long millis) {
    if (output.format() != Format.table) {
      output.printer(session).print(new SentView(answer));
      return;
    }
    boolean answered = !answer.has("receivers");
    String line =
        answered
            ? "answered " + event.value() + "  " + answer.text("event_id") + "  " + millis + " ms"
            : "sent " + event.value() + "  " + answer.text("event_id") + "  " + receivers(answer);
    session.terminal().err().println(line + emitted(answer));
    if (answered && answer.get("data") != null) {
      output.printer(session).print(new SentView(answer));
    }
  }

  private static String receivers(JsonObject answer) {
    List<String> receivers = answer.texts("receivers");
    String count = receivers.size() == 1 ? "1 receiver" : receivers.size() + " receivers";
    return receivers.isEmpty() ? count : count + ": " + String.join(", ", receivers);
  }

  private static String emitted(JsonObject answer) {
    List<String> events = answer.texts("events_emitted");
    return events.isEmpty() ? "" : "  emitted " + String.join(", ", events);
  }
}
