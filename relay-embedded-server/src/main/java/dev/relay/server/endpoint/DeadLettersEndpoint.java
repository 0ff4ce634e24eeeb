package dev.relay.server.endpoint;

import dev.relay.Relay;
import dev.relay.definition.Durations;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.node.DeadLetterJson;
import dev.relay.node.DeadLetters;
import dev.relay.server.http.Answer;
import dev.relay.server.http.Call;
import dev.relay.server.http.Endpoint;
import dev.relay.server.http.Query;
import dev.relay.server.http.Route;
import dev.relay.store.DeadLetter;
import dev.relay.store.DeadLetterDetails;
import dev.relay.store.DeadLetterFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Deliveries that were given up: look, retry, mend, discard; one, or all that a filter means. */
public final class DeadLettersEndpoint implements Endpoint {
  private static final int USUAL_PAGE = 50;
  private static final int LONGEST = 1_000;

  private static final List<String> FILTER =
      List.of("actor", "event", "key", "error", "older_than");

  private final Relay relay;
  private final RequestJson json;

  public DeadLettersEndpoint(Relay relay, RequestJson json) {
    this.relay = relay;
    this.json = json;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/dead-letters", this::list).waiting(),
        Route.get("/api/dead-letters/{id}", this::show).waiting(),
        Route.post("/api/dead-letters/{id}/retry", this::retry).waiting(),
        Route.post("/api/dead-letters/{id}/discard", this::discard).waiting(),
        Route.post("/api/dead-letters/retry", this::retryAll).waiting(),
        Route.post("/api/dead-letters/discard", this::discardAll).waiting());
  }

  private DeadLetters letters() {
    return relay.deadLetters();
  }

  private void list(Call call) {
    Query query =
        call.query().only("actor", "event", "key", "error", "older_than", "after", "limit");
    DeadLetterFilter filter =
        filter(
            query.text("actor").orElse(null),
            query.text("event").orElse(null),
            query.text("key").orElse(null),
            query.text("error").orElse(null),
            query.text("older_than").orElse(null));
    int limit = query.number("limit", USUAL_PAGE, 1, DeadLetters.MOST_LISTED);
    DeadLetters.Page page = letters().list(filter, query.text("after").orElse(null), limit);
    long total = letters().count(filter);
    call.answer(
        Answer.success(
            out -> {
              DeadLetterJson.write(out, page);
              out.writeNumberProperty("total", total);
            }));
  }

  private void show(Call call) {
    call.query().only();
    DeadLetterDetails details = letters().find(call.parameter(0));
    call.answer(Answer.success(out -> DeadLetterJson.write(out, details)));
  }

  private void retry(Call call) {
    JsonNode document = json.read(call.body());
    Fields fields = new Fields(document, List.of("payload"));
    fields.done("send {} to retry the letter as it is, or {\"payload\": {…}} to mend it");
    String id = call.parameter(0);
    DeadLetter letter =
        document.has("payload")
            ? letters().retry(id, document.path("payload"))
            : letters().retry(id);
    call.answer(Answer.success(out -> DeadLetterJson.write(out, letter)));
  }

  private void discard(Call call) {
    Fields fields = new Fields(json.read(call.body()), List.of("reason"));
    String reason = fields.optional("reason", LONGEST);
    fields.done("send {} or {\"reason\": \"why\"}");
    DeadLetter letter = letters().discard(call.parameter(0), reason == null ? "" : reason);
    call.answer(Answer.success(out -> DeadLetterJson.write(out, letter)));
  }

  private void retryAll(Call call) {
    JsonNode document = json.read(call.body());
    DeadLetters.Retried retried = letters().retryAll(filter(document, fields(document)));
    call.answer(
        Answer.success(
            out -> {
              out.writeNumberProperty("retried", retried.retried());
              out.writeNumberProperty("left", retried.left());
            }));
  }

  private void discardAll(Call call) {
    JsonNode document = json.read(call.body());
    Fields fields = fields(document, "reason");
    String reason = fields.optional("reason", LONGEST);
    long discarded = letters().discardAll(filter(document, fields), reason == null ? "" : reason);
    call.answer(Answer.success(out -> out.writeNumberProperty("discarded", discarded)));
  }

  private static Fields fields(JsonNode document, String... more) {
    List<String> known = new ArrayList<>(FILTER);
    known.add("all");
    known.addAll(List.of(more));
    return new Fields(document, known);
  }

  /** What a document means; nothing at all is too little for what can't be undone. */
  private static DeadLetterFilter filter(JsonNode document, Fields fields) {
    String actor = fields.optional("actor", LONGEST);
    String event = fields.optional("event", LONGEST);
    String key = fields.optional("key", LONGEST);
    String error = fields.optional("error", LONGEST);
    String olderThan = fields.optional("older_than", LONGEST);
    fields.done("send a filter: actor, event, key, error, older_than, or {\"all\": true}");
    DeadLetterFilter filter = filter(actor, event, key, error, olderThan);
    if (filter.equals(DeadLetterFilter.ALL) && !document.path("all").asBoolean(false)) {
      throw RelayException.of(
              ErrorCode.MALFORMED_REQUEST, "nothing says which dead letters are meant")
          .remedy("send a filter: actor, event, key, error, older_than, or {\"all\": true}")
          .build();
    }
    return filter;
  }

  private static DeadLetterFilter filter(
      @Nullable String actor,
      @Nullable String event,
      @Nullable String key,
      @Nullable String error,
      @Nullable String olderThan) {
    return DeadLetterFilter.ALL
        .ofActor(actor)
        .ofEvent(event)
        .ofKey(key)
        .withError(error)
        .diedBefore(olderThan == null ? null : ago(olderThan));
  }

  private static Instant ago(String text) {
    return Durations.parse(text)
        .map(time -> Instant.now().minus(time))
        .orElseThrow(
            () ->
                RelayException.of(
                        ErrorCode.MALFORMED_REQUEST,
                        "\"older_than\" is a time such as " + Durations.EXAMPLES + ", not " + text)
                    .build());
  }
}
