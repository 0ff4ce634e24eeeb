package dev.relay.cli.command;

import dev.relay.cli.config.Session;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.option.NodeOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.PayloadOptions;
import dev.relay.cli.option.Word;
import dev.relay.cli.output.Format;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import dev.relay.failure.RelayException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code relay publish}: one event to all its consumers, or a CloudEvent as it is. */
public final class PublishCommand extends Verb {
  private static final String PATH = "/api/events";
  private static final String CLOUD_EVENT = "application/cloudevents+json";

  private final Word<String> event =
      arguments.optional("EVENT", "its name in the catalog; left out, the input is a CloudEvent");
  private final Word<String> dash = arguments.optional("-", "read the input from stdin");
  private final PayloadOptions payload = new PayloadOptions(arguments);
  private final Word<String> requestId =
      arguments.option("--request-id", "ID", "the same id again publishes nothing new");
  private final Word<String> correlation =
      arguments.option("--correlation", "ID", "the id shared by all that this causes");
  private final NodeOptions nodes = new NodeOptions(arguments);
  private final OutputOptions output = new OutputOptions(arguments);

  public PublishCommand(Session session) {
    super(
        session,
        "relay publish ORDER_CREATED --file order.json --request-id order-7",
        "relay catalog show ORDER_CREATED --example | relay publish ORDER_CREATED -",
        "relay publish --file cloudevent.json");
  }

  @Override
  public void run() {
    boolean onlyDash = event.or("").equals("-");
    if (dash.said() && (onlyDash || !dash.value().equals("-"))) {
      throw CommandFailure.usage("unknown argument \"" + dash.value() + "\"")
          .fix("the payload goes after --json or --file, or is read from stdin with -");
    }
    boolean cloudEvent = onlyDash || !event.said();
    Object value = payload.read(session, onlyDash || dash.said(), example());
    show(cloudEvent ? cloudEvent(value) : event(value), cloudEvent ? type(value) : event.value());
  }

  private JsonObject event(@Nullable Object value) {
    Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
    envelope.put("event_type", event.value());
    envelope.put("payload", value);
    if (requestId.said()) {
      envelope.put("request_id", requestId.value());
    }
    if (correlation.said()) {
      envelope.put("correlation_id", correlation.value());
    }
    try {
      return nodes.node(session).post(PATH, JsonText.line(envelope));
    } catch (RelayException e) {
      throw withRemedy(e);
    }
  }

  private JsonObject cloudEvent(@Nullable Object value) {
    if (type(value).isEmpty() || !JsonObject.of(value).has("specversion")) {
      throw CommandFailure.usage(
              "without an EVENT the input must be a CloudEvent, and this has no "
                  + (JsonObject.of(value).has("specversion") ? "type" : "specversion"))
          .fix("relay publish EVENT … for a payload; relay catalog list shows the events");
    }
    if (requestId.said() || correlation.said()) {
      throw CommandFailure.usage("a CloudEvent brings its own id, source and correlationid")
          .fix("leave --request-id and --correlation out, or name the EVENT and send its payload");
    }
    return nodes.node(session).post(PATH, CLOUD_EVENT, JsonText.line(value));
  }

  private static String type(@Nullable Object value) {
    return JsonObject.of(value).text("type");
  }

  private RelayException withRemedy(RelayException refusal) {
    String remedy =
        switch (refusal.code()) {
          case PAYLOAD_INVALID, KEY_MISSING -> example();
          default -> refusal.remedy().orElse(null);
        };
    return refusal.withRemedy(remedy);
  }

  private String example() {
    String name = event.said() && !event.value().equals("-") ? event.value() : "EVENT";
    return "relay catalog show " + name + " --example | relay publish " + name + " -";
  }

  private void show(JsonObject answer, String name) {
    if (output.format() != Format.table) {
      output.printer(session).print(new SentView(answer));
      return;
    }
    List<String> owed = answer.texts("receivers");
    String to =
        switch (owed.size()) {
          case 0 -> "owed to nobody: the catalog names no consumer";
          case 1 -> "owed to 1 consumer: " + owed.get(0);
          default -> "owed to " + owed.size() + " consumers: " + String.join(", ", owed);
        };
    String line = "published " + name + "  " + answer.text("event_id") + "  " + to;
    session.terminal().err().println(line);
  }
}
