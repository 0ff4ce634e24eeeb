package dev.relay.node;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.ActorAddress;
import dev.relay.message.Json;
import dev.relay.message.MessageId;
import dev.relay.message.MessageJson;
import dev.relay.schema.Violation;
import dev.relay.transport.Letter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON text of asks and replies between nodes. */
final class AskLetter {
  private static final String ASK = "ask";
  private static final String CONSUMER_REPLY = "consumer_reply";
  private static final String REPLY_TO = "reply_to";

  /** What a reply says: a receipt, or a failure. */
  record Reply(String to, @Nullable Receipt receipt, @Nullable RelayException failure) {}

  private AskLetter() {}

  /** An ask, with what is left of its caller's time. */
  static String write(Work.Ask ask) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("actor", ask.address().actor());
    body.put("key", ask.address().key());
    Work.RequestKey request = ask.request();
    if (request != null) {
      body.put("request_id", request.id());
      body.put("fingerprint", request.fingerprint());
    }
    body.put("left_ms", Math.max(1, (ask.caller().deadline() - System.nanoTime()) / 1_000_000));
    ArrayNode waiting = body.putArray("waiting");
    for (ActorAddress each : ask.caller().instances()) {
      waiting.addArray().add(each.actor()).add(each.key());
    }
    String message = MessageJson.write(ask.message());
    String rest = Json.mapper().writeValueAsString(body);
    return "{\"" + ASK + "\":" + message + "," + rest.substring(1);
  }

  /** A letter of this node, under an id of its own. */
  static Letter letter(String self, String body) {
    return new Letter(UUID.randomUUID().toString(), self, body);
  }

  /** The reply of an actor that an event asks. */
  static String write(ConsumerReply reply) {
    return "{\"" + CONSUMER_REPLY + "\":" + reply.toJson() + "}";
  }

  static @Nullable JsonNode consumerReply(JsonNode body) {
    return body.get(CONSUMER_REPLY);
  }

  static boolean isAsk(JsonNode body) {
    return body.has(ASK);
  }

  static boolean isReply(JsonNode body) {
    return body.has(REPLY_TO);
  }

  /**
   * The ask of a letter, with an answer of its own. What its events are replied comes to the node
   * that does the turn.
   */
  static Work.Ask ask(JsonNode body, String self) {
    JsonNode request = body.get("request_id");
    List<ActorAddress> waiting = new ArrayList<>();
    body.required("waiting")
        .forEach(
            each ->
                waiting.add(
                    new ActorAddress(each.get(0).stringValue(), each.get(1).stringValue())));
    long left = Duration.ofMillis(body.required("left_ms").longValue()).toNanos();
    return new Work.Ask(
        new ActorAddress(body.required("actor").stringValue(), body.required("key").stringValue()),
        MessageJson.read(body.required(ASK)),
        request == null
            ? null
            : new Work.RequestKey(
                request.stringValue(), body.required("fingerprint").stringValue()),
        new Work.Caller(waiting, System.nanoTime() + left, self),
        new CompletableFuture<>());
  }

  /** The reply to a letter. */
  static String reply(String letter, @Nullable Receipt receipt, @Nullable Throwable failure) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put(REPLY_TO, letter);
    if (receipt instanceof Receipt.Answered answered) {
      body.put("id", answered.id().value());
      body.set("data", answered.data());
      ArrayNode emitted = body.putArray("emitted");
      answered.emitted().forEach(emitted::add);
      body.put("repeated", answered.repeated());
      ArrayNode replies = body.putArray("replies");
      answered.replies().forEach(each -> replies.add(json(each)));
    } else {
      put(body.putObject("failure"), failure);
    }
    return Json.mapper().writeValueAsString(body);
  }

  private static ObjectNode json(EventReply reply) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("event", reply.event()).put("actor", reply.actor()).put("key", reply.key());
    json.put("outcome", reply.outcome().name());
    json.set("data", reply.data());
    EventReply.Error error = reply.error();
    if (error != null) {
      json.put("code", error.code()).put("reason", error.reason()).put("message", error.message());
    }
    return json;
  }

  private static EventReply eventReply(JsonNode json) {
    String code = text(json, "code");
    return new EventReply(
        json.required("event").stringValue(),
        json.required("actor").stringValue(),
        json.required("key").stringValue(),
        EventReply.Outcome.valueOf(json.required("outcome").stringValue()),
        present(json.get("data")),
        code == null
            ? null
            : new EventReply.Error(
                code, text(json, "reason"), json.required("message").stringValue()));
  }

  private static @Nullable JsonNode present(@Nullable JsonNode value) {
    return value == null || value.isNull() ? null : value;
  }

  private static void put(ObjectNode body, @Nullable Throwable failure) {
    RelayException known =
        failure instanceof RelayException relay
            ? relay
            : RelayException.of(ErrorCode.INTERNAL, String.valueOf(failure)).build();
    body.put("code", known.code().name());
    body.put("message", String.valueOf(known.getMessage()));
    known.reason().ifPresent(reason -> body.put("reason", reason));
    known.remedy().ifPresent(remedy -> body.put("remedy", remedy));
    known.retryAfter().ifPresent(after -> body.put("retry_after_ms", after.toMillis()));
    ArrayNode violations = body.putArray("violations");
    for (Violation each : known.violations()) {
      violations.addArray().add(each.pointer()).add(each.keyword()).add(each.message());
    }
  }

  /** What a reply says. */
  static Reply reply(JsonNode body) {
    String to = body.required(REPLY_TO).stringValue();
    JsonNode failure = body.get("failure");
    if (failure != null) {
      return new Reply(to, null, failure(failure));
    }
    List<String> emitted = new ArrayList<>();
    body.required("emitted").forEach(name -> emitted.add(name.stringValue()));
    List<EventReply> replies = new ArrayList<>();
    body.required("replies").forEach(each -> replies.add(eventReply(each)));
    return new Reply(
        to,
        new Receipt.Answered(
            new MessageId(body.required("id").stringValue()),
            present(body.get("data")),
            emitted,
            body.required("repeated").booleanValue(),
            replies),
        null);
  }

  private static RelayException failure(JsonNode body) {
    String name = body.required("code").stringValue();
    ErrorCode code =
        Arrays.stream(ErrorCode.values())
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElse(ErrorCode.INTERNAL);
    List<Violation> violations = new ArrayList<>();
    body.required("violations")
        .forEach(
            each ->
                violations.add(
                    new Violation(
                        each.get(0).stringValue(),
                        each.get(1).stringValue(),
                        each.get(2).stringValue())));
    JsonNode after = body.get("retry_after_ms");
    return RelayException.of(code, body.required("message").stringValue())
        .reason(text(body, "reason"))
        .remedy(text(body, "remedy"))
        .retryAfter(after == null ? null : Duration.ofMillis(after.longValue()))
        .violations(violations)
        .build();
  }

  private static @Nullable String text(JsonNode body, String field) {
    JsonNode value = body.get(field);
    return value == null || value.isNull() ? null : value.stringValue();
  }
}
