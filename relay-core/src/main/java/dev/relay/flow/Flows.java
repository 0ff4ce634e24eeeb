package dev.relay.flow;

import dev.relay.catalog.ActorEntry;
import dev.relay.catalog.Catalog;
import dev.relay.definition.Durations;
import dev.relay.definition.FlowDefinition;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.Json;
import dev.relay.message.MessageId;
import dev.relay.node.Receipt;
import dev.relay.node.SendRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Starts runs of flows, waits for their outcomes, and hands people's decisions on. Thread-safe. */
public final class Flows {
  /** Between two looks at a run that isn't as far as its starter waits for. */
  private static final long FIRST_LOOK_MILLIS = 10;

  private static final long LONGEST_LOOK_MILLIS = 500;

  private final Function<SendRequest, CompletableFuture<Receipt>> node;
  private final Supplier<Catalog> catalogs;

  /**
   * @param node sends a message
   * @param catalogs with the messages that drive flows
   */
  public Flows(Function<SendRequest, CompletableFuture<Receipt>> node, Supplier<Catalog> catalogs) {
    this.node = node;
    this.catalogs = catalogs;
  }

  /** The part of a flow's definition that a request starts, if it starts one. */
  private Optional<JsonNode> started(SendRequest request) {
    String actor = request.actor();
    if (actor == null || !FlowNames.isFlow(actor)) {
      return Optional.empty();
    }
    return catalogs
        .get()
        .actor(actor)
        .map(entry -> entry.definition().path("flow"))
        .filter(flow -> flow.at("/start/command").asString("").equals(request.event()));
  }

  /** Sends a message; for one that starts a flow, waits as the flow's definition says. */
  public CompletableFuture<Receipt> send(SendRequest request) {
    JsonNode flow = started(request).orElse(null);
    if (flow == null) {
      return node.apply(request);
    }
    String field = flow.path("key").asString("");
    SendRequest keyed =
        field.isEmpty() && request.key() == null
            ? request.withKey(
                Objects.requireNonNullElseGet(request.requestId(), () -> MessageId.mint().value()))
            : request;
    String key = keyed.key() != null ? keyed.key() : keyed.payload().path(field).asString("");
    String waits = flow.at("/start/waits").asString(FlowDefinition.OUTCOME);
    Duration timeout = timeout(flow, request);
    String name = flow.path("name").asString("");
    long deadline = System.nanoTime() + timeout.toNanos();
    return plain(
        node.apply(keyed)
            .thenCompose(
                receipt ->
                    waits.equals(FlowDefinition.STARTED)
                        ? CompletableFuture.completedFuture(receipt)
                        : new Look(name, key, receipt.id(), waits, deadline)
                            .now(FIRST_LOOK_MILLIS)));
  }

  /** The same outcome, a failure not wrapped in another. */
  private static <T> CompletableFuture<T> plain(CompletableFuture<T> composed) {
    CompletableFuture<T> plain = new CompletableFuture<>();
    composed.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            plain.complete(value);
          } else {
            plain.completeExceptionally(cause(failure));
          }
        });
    return plain;
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  private static Duration timeout(JsonNode flow, SendRequest request) {
    Duration asked = request.timeout();
    if (asked != null) {
      return asked;
    }
    JsonNode written = flow.at("/start/timeout");
    return written.isNumber()
        ? Duration.ofMillis(written.longValue())
        : Durations.parse(written.asString("")).orElse(Duration.ofSeconds(30));
  }

  /**
   * Starts a run of a flow.
   *
   * @return fails with {@code UNKNOWN_FLOW} where there is no such flow, and with {@code
   *     MALFORMED_REQUEST} where an event starts it
   */
  public CompletableFuture<Receipt> start(
      String flow, JsonNode payload, @Nullable String requestId) {
    ActorEntry actor = catalogs.get().actor(FlowNames.actor(flow)).orElse(null);
    JsonNode command = actor == null ? null : actor.definition().at("/flow/start/command");
    if (command == null || !command.isString()) {
      return CompletableFuture.failedFuture(
          RelayException.of(
                  actor == null ? ErrorCode.UNKNOWN_FLOW : ErrorCode.MALFORMED_REQUEST,
                  actor == null
                      ? "no flow is called \"" + flow + "\""
                      : "the flow " + flow + " is started by an event")
              .remedy("see the flows with: relay flow list")
              .build());
    }
    return send(
        SendRequest.to(FlowNames.actor(flow), command.stringValue(), payload)
            .withRequestId(requestId));
  }

  /** What a person decides: the run's state after it. */
  public CompletableFuture<JsonNode> repair(String flow, String key, ObjectNode decision) {
    ObjectNode payload = decision.deepCopy().put(FlowNames.ID, key);
    SendRequest request = SendRequest.to(FlowNames.actor(flow), FlowNames.repair(flow), payload);
    return plain(
        node.apply(request)
            .thenApply(
                receipt -> {
                  JsonNode data = ((Receipt.Answered) receipt).data();
                  return data == null ? Json.mapper().createObjectNode() : data;
                }));
  }

  /** One wait for a run: asks its instance how it is, until it is as far as it is waited for. */
  private final class Look {
    private final String flow;
    private final String key;
    private final MessageId start;
    private final String waits;
    private final long deadline;

    Look(String flow, String key, MessageId start, String waits, long deadline) {
      this.flow = flow;
      this.key = key;
      this.start = start;
      this.waits = waits;
      this.deadline = deadline;
    }

    /** The query waits behind the turn that does the steps, so one look mostly is enough. */
    CompletableFuture<Receipt> now(long pauseMillis) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return CompletableFuture.failedFuture(late(null));
      }
      ObjectNode payload = Json.mapper().createObjectNode().put(FlowNames.ID, key);
      SendRequest query =
          SendRequest.to(FlowNames.actor(flow), FlowNames.get(flow), payload)
              .withTimeout(Duration.ofNanos(left));
      return node.apply(query)
          .handle(
              (receipt, failure) ->
                  failure == null ? read(receipt, pauseMillis) : unheard(failure, pauseMillis))
          .thenCompose(done -> done);
    }

    private CompletableFuture<Receipt> read(Receipt receipt, long pauseMillis) {
      JsonNode data = ((Receipt.Answered) receipt).data();
      JsonNode state = data == null ? Json.mapper().createObjectNode() : data;
      Optional<Receipt> answer = answer(state);
      return answer.isPresent()
          ? CompletableFuture.completedFuture(answer.get())
          : later(state, pauseMillis);
    }

    /** The run goes on whether or not this look at it succeeds, so the next one may. */
    private CompletableFuture<Receipt> unheard(Throwable failure, long pauseMillis) {
      Throwable cause = cause(failure);
      boolean passing =
          cause instanceof RelayException known
              && !known.code().isRefusal()
              && known.code() != ErrorCode.SHUTTING_DOWN;
      return passing ? later(null, pauseMillis) : CompletableFuture.failedFuture(cause);
    }

    private CompletableFuture<Receipt> later(@Nullable JsonNode state, long pauseMillis) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return CompletableFuture.failedFuture(late(state));
      }
      Executor delayed =
          CompletableFuture.delayedExecutor(
              Math.min(pauseMillis, left), TimeUnit.MILLISECONDS, Runnable::run);
      long next = Math.min(pauseMillis * 2, LONGEST_LOOK_MILLIS);
      return CompletableFuture.supplyAsync(() -> now(next), delayed).thenCompose(done -> done);
    }

    /** Of the run that this start began or found; another one may have come after it. */
    private Optional<Receipt> answer(JsonNode state) {
      JsonNode seen = seen(state);
      if (seen == null) {
        for (JsonNode past : state.path("past")) {
          if (seen(past) != null) {
            return answer(past);
          }
        }
        return Optional.empty();
      }
      if (!seen.path("same").asBoolean(true)) {
        throw RelayException.of(
                ErrorCode.REFUSED, flow + "/" + key + " was started with another input")
            .reason("STARTED_OTHERWISE")
            .remedy("see it with: relay flow show " + flow + "/" + key)
            .build();
      }
      FlowStatus status = FlowStatus.of(state.path("status").asString("early"));
      if (status == FlowStatus.DONE) {
        JsonNode reply = state.get("reply");
        return Optional.of(answered(reply == null ? summary(state) : reply));
      }
      if (status.over()) {
        throw ended(state, status);
      }
      if (status == FlowStatus.PAUSED) {
        throw paused(state);
      }
      for (JsonNode each : state.path("trail")) {
        if (each.path("step").asString("").equals(waits)
            && !each.path("status").asString("").equals(Track.NOW)) {
          return Optional.of(answered(summary(state)));
        }
      }
      return Optional.empty();
    }

    private @Nullable JsonNode seen(JsonNode state) {
      for (JsonNode each : state.path("seen")) {
        if (each.path("id").asString("").equals(start.value())) {
          return each;
        }
      }
      return null;
    }

    private Receipt answered(JsonNode data) {
      return new Receipt.Answered(start, data, List.of(), false);
    }

    private ObjectNode summary(JsonNode state) {
      ObjectNode summary = Json.mapper().createObjectNode();
      summary.put("flow", flow).put("key", key).put("status", state.path("status").asString(""));
      summary.set("results", state.path("results"));
      return summary;
    }

    private RelayException ended(JsonNode state, FlowStatus status) {
      JsonNode ending = state.path("ending");
      return RelayException.of(
              ErrorCode.REFUSED,
              flow
                  + "/"
                  + key
                  + " is "
                  + status.text()
                  + ": "
                  + ending.path("message").asString("no reason was given"))
          .reason(ending.path("reason").asString(status.name()))
          .remedy("see what was done and undone with: relay flow show " + flow + "/" + key)
          .build();
    }

    private RelayException paused(JsonNode state) {
      JsonNode error = state.path("error");
      return RelayException.of(
              ErrorCode.FLOW_PAUSED,
              flow
                  + "/"
                  + key
                  + " is paused at "
                  + error.path("step").asString("")
                  + ": "
                  + error.path("message").asString(""))
          .remedy("it goes on once somebody has seen to it: relay flow show " + flow + "/" + key)
          .build();
    }

    private RelayException late(@Nullable JsonNode state) {
      String at = state == null ? "" : ", is at " + state.path("at").asString("its end");
      return RelayException.of(
              ErrorCode.TIMED_OUT,
              flow + "/" + key + " goes on, but wasn't done within the time allowed" + at)
          .remedy("see how far it is with: relay flow show " + flow + "/" + key)
          .build();
    }
  }
}
