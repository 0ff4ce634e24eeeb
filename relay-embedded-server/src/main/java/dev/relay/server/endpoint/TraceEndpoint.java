package dev.relay.server.endpoint;

import dev.relay.Relay;
import dev.relay.definition.Durations;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.ActorAddress;
import dev.relay.message.Message;
import dev.relay.node.Trace;
import dev.relay.server.http.Answer;
import dev.relay.server.http.Call;
import dev.relay.server.http.Endpoint;
import dev.relay.server.http.Route;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What one request caused. */
public final class TraceEndpoint implements Endpoint {
  private static final Duration USUAL = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(7);

  private final Relay relay;

  public TraceEndpoint(Relay relay) {
    this.relay = relay;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.get("/api/trace/{id}", this::trace).waiting());
  }

  private void trace(Call call) {
    Duration within = call.query().only("within").text("within").map(this::within).orElse(USUAL);
    Trace trace = relay.tracer().trace(call.parameter(0), within);
    call.answer(Answer.success(json -> write(json, trace)));
  }

  private Duration within(String text) {
    return Durations.parse(text)
        .filter(time -> !time.isZero() && time.compareTo(LONGEST) <= 0)
        .orElseThrow(
            () ->
                RelayException.of(
                        ErrorCode.MALFORMED_REQUEST,
                        "\"within\" is a time of at most 7 days, 10m or 1d3h, not " + text)
                    .build());
  }

  private static void write(JsonGenerator json, Trace trace) {
    json.writeStringProperty("correlation_id", trace.correlation());
    json.writeBooleanProperty("complete", trace.complete());
    json.writeArrayPropertyStart("messages");
    trace.messages().forEach(step -> write(json, step));
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, Trace.Step step) {
    Message message = step.message();
    json.writeStartObject();
    json.writeStringProperty("id", message.id().value());
    json.writeStringProperty("event", message.type());
    json.writeStringProperty("time", message.headers().time().toString());
    writePresent(json, "causation_id", message.headers().causation());
    ActorAddress producer = message.headers().producer();
    if (producer != null) {
      json.writeStringProperty("producer", producer.actor());
      json.writeStringProperty("producer_key", producer.key());
    }
    json.writeName("payload");
    json.writeTree(message.payload());
    json.writeArrayPropertyStart("receivers");
    step.receivers().forEach(branch -> write(json, message, branch));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Message message, Trace.Branch branch) {
    json.writeStartObject();
    json.writeStringProperty("actor", branch.actor());
    json.writeStringProperty("key", branch.key());
    json.writeStringProperty("outcome", branch.state().name().toLowerCase(Locale.ROOT));
    if (branch.state() == Trace.State.DONE && branch.at() != null) {
      long took = Duration.between(message.headers().time(), branch.at()).toMillis();
      json.writeNumberProperty("ms", Math.max(0, took));
      json.writeStringProperty("at", branch.at().toString());
      json.writeNumberProperty("version", branch.version());
    } else if (branch.at() != null) {
      json.writeNumberProperty("attempt", branch.attempts());
      json.writeStringProperty("due_at", branch.at().toString());
      writePresent(json, "error", branch.error());
    }
    json.writeEndObject();
  }

  private static void writePresent(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }
}
