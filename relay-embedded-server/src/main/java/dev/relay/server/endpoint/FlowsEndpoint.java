package dev.relay.server.endpoint;

import dev.relay.Relay;
import dev.relay.definition.Durations;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.flow.FlowRuns;
import dev.relay.flow.FlowStatus;
import dev.relay.message.Json;
import dev.relay.server.http.Answer;
import dev.relay.server.http.Call;
import dev.relay.server.http.Endpoint;
import dev.relay.server.http.Query;
import dev.relay.server.http.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Processes across actors: what they are, how each run is, and what people decide about it. */
public final class FlowsEndpoint implements Endpoint {
  private static final int USUAL_PAGE = 50;
  private static final int LONGEST = 200;
  private static final Duration USUAL_SINCE = Duration.ofHours(24);

  private final Relay relay;
  private final RequestJson json;

  public FlowsEndpoint(Relay relay, RequestJson json) {
    this.relay = relay;
    this.json = json;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/flows", this::list).waiting(),
        Route.get("/api/flows/{flow}/check", this::check).waiting(),
        Route.get("/api/flows/{flow}/runs/{key}", this::show).waiting(),
        Route.post("/api/flows/{flow}", this::start),
        Route.post("/api/flows/{flow}/runs/{key}/resume", call -> decide(call, "resume")).waiting(),
        Route.post("/api/flows/{flow}/runs/{key}/skip", call -> decide(call, "skip")).waiting(),
        Route.post("/api/flows/{flow}/runs/{key}/compensate", call -> decide(call, "compensate"))
            .waiting(),
        Route.post("/api/flows/{flow}/runs/{key}/cancel", call -> decide(call, "cancel"))
            .waiting());
  }

  private void list(Call call) {
    Query query = call.query().only("flow", "status", "before", "limit");
    int limit = query.number("limit", USUAL_PAGE, 1, FlowRuns.MOST_LISTED);
    String flow = query.text("flow").orElse(null);
    List<FlowStatus> statuses = statuses(query.text("status").orElse(""));
    Instant before = query.text("before").map(FlowsEndpoint::time).orElse(null);
    ArrayNode flows = relay.flowRuns().flows();
    ArrayNode runs = relay.flowRuns().list(flow, statuses, before, limit);
    ObjectNode answer = Json.mapper().createObjectNode();
    answer.set("flows", flows);
    answer.set("runs", runs);
    if (runs.size() == limit) {
      answer.set("next_before", runs.get(limit - 1).path("updated_at"));
    }
    answer(call, answer);
  }

  private void show(Call call) {
    call.query().only();
    answer(call, relay.flowRuns().show(call.parameter(0), call.parameter(1)));
  }

  private void check(Call call) {
    Query query = call.query().only("since");
    Instant since =
        query.text("since").map(FlowsEndpoint::ago).orElse(Instant.now().minus(USUAL_SINCE));
    answer(call, relay.flowRuns().check(call.parameter(0), since));
  }

  private void start(Call call) {
    Fields fields = new Fields(json.read(call.body()), List.of("payload", "request_id"));
    JsonNode payload = fields.any("payload");
    String requestId = fields.optional("request_id", LONGEST);
    fields.done("send {\"payload\": {…}}; optional is request_id");
    ReceiptAnswer.whenThere(relay.flows().start(call.parameter(0), payload, requestId), call);
  }

  private void decide(Call call, String action) {
    JsonNode document = json.read(call.body());
    List<String> known = new ArrayList<>(List.of("by"));
    if (action.equals("skip")) {
      known.addAll(List.of("step", "result"));
    } else if (action.equals("cancel")) {
      known.add("leave");
    }
    Fields fields = new Fields(document, known);
    fields.optional("by", LONGEST);
    fields.optional("step", LONGEST);
    fields.done("send {}" + (known.size() == 1 ? "" : "; optional are " + known));
    String flow = call.parameter(0);
    String key = call.parameter(1);
    relay.flowRuns().require(flow, key);
    ObjectNode decision = Json.mapper().createObjectNode().put("action", action);
    known.stream()
        .filter(document::has)
        .forEach(field -> decision.set(field, document.path(field)));
    CompletableFuture<JsonNode> decided = relay.flows().repair(flow, key, decision);
    decided.whenComplete(
        (state, failure) -> {
          if (failure != null) {
            call.fail(failure);
          } else {
            ObjectNode answer = Json.mapper().createObjectNode();
            answer.put("id", flow + "/" + key);
            answer.set("status", state.path("status"));
            answer.set("wish", state.path("wish").isMissingNode() ? null : state.path("wish"));
            call.answer(() -> document(answer));
          }
        });
  }

  private static List<FlowStatus> statuses(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    if (text.equals("all")) {
      return Arrays.stream(FlowStatus.values())
          .filter(status -> status != FlowStatus.EARLY)
          .toList();
    }
    try {
      return Arrays.stream(text.split(",")).map(String::strip).map(FlowStatus::of).toList();
    } catch (IllegalArgumentException unknown) {
      String known =
          Arrays.stream(FlowStatus.values())
              .filter(status -> status != FlowStatus.EARLY)
              .map(status -> status.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
      throw RelayException.of(
              ErrorCode.MALFORMED_REQUEST,
              "\"status\" is all, or some of " + known + ", not " + text)
          .build();
    }
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (java.time.format.DateTimeParseException unreadable) {
      throw RelayException.of(
              ErrorCode.MALFORMED_REQUEST,
              "\"before\" is a time as in updated_at: 2026-02-03T04:05:06Z, not " + text)
          .build();
    }
  }

  private static Instant ago(String text) {
    return Durations.parse(text)
        .map(time -> Instant.now().minus(time))
        .orElseThrow(
            () ->
                RelayException.of(
                        ErrorCode.MALFORMED_REQUEST,
                        "\"since\" is a time such as " + Durations.EXAMPLES + ", not " + text)
                    .build());
  }

  private static void answer(Call call, ObjectNode fields) {
    call.answer(document(fields));
  }

  private static Answer document(ObjectNode fields) {
    return Answer.json(200, out -> write(out, fields));
  }

  private static void write(JsonGenerator out, @Nullable ObjectNode fields) {
    ObjectNode all = Json.mapper().createObjectNode().put("success", true);
    if (fields != null) {
      all.setAll(fields);
    }
    out.writeTree(all);
  }
}
