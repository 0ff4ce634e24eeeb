package dev.relay.node;

import dev.relay.actor.Answer;
import dev.relay.actor.AskException;
import dev.relay.actor.PastMessage;
import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogEvent;
import dev.relay.catalog.EventKind;
import dev.relay.catalog.Pattern;
import dev.relay.definition.Dependency;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.ActorAddress;
import dev.relay.message.Headers;
import dev.relay.message.Message;
import dev.relay.route.Router;
import dev.relay.turn.Asking;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The asks of one run of one turn. Used by the handler's thread; blocks it and nothing else. */
final class TurnAsks implements Asking {
  /**
   * How much longer than allowed an answer is waited for, for the sender's own time-out to come
   * first with its better message.
   */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Asks asks;
  private final Work work;
  private final Map<String, Integer> alike = new HashMap<>();

  TurnAsks(Asks asks, Work work) {
    this.asks = asks;
    this.work = work;
  }

  @Override
  public Answer ask(Dependency dependency, String event, JsonNode payload) {
    return ask(dependency, event, payload, null);
  }

  @Override
  public Answer send(Dependency dependency, String event, JsonNode payload, Stamp stamp) {
    return ask(dependency, event, payload, stamp);
  }

  @Override
  public List<PastMessage> history(ActorAddress instance, long after, int limit) {
    return asks.history(instance, after, limit);
  }

  private Answer ask(Dependency dependency, String event, JsonNode payload, @Nullable Stamp stamp) {
    String actor = dependency.actor();
    try {
      Duration within = within(dependency, event);
      boolean fair = within.compareTo(dependency.timeout().dividedBy(2)) >= 0;
      ActorAddress asked = address(actor, event, payload);
      SendRequest request = request(actor, event, payload, within, asked, stamp);
      Receipt receipt =
          asks.breaker(work.address().actor(), dependency)
              .call(fair, () -> await(asks.send(request, asked), event, within));
      if (receipt instanceof Receipt.Answered answered) {
        return new Answer(answered.id(), answered.data(), answered.emitted());
      }
      if (dependency.pattern() == Pattern.TELL) {
        return new Answer(receipt.id(), null, List.of());
      }
      throw RelayException.of(
              ErrorCode.ASK_UNDECLARED,
              actor + " receives " + event + " without answering; the catalog says tell")
          .remedy("emit an event that " + actor + " subscribes to")
          .build();
    } catch (RelayException failure) {
      boolean otherwise = failure.code() == ErrorCode.REQUEST_ID_CONFLICT;
      throw AskException.of(actor, event, otherwise ? askedOtherwise(failure) : failure);
    }
  }

  private static RelayException askedOtherwise(RelayException conflict) {
    return RelayException.of(
            ErrorCode.REQUEST_ID_CONFLICT,
            "when this turn ran before, it asked the same with another payload, and that was done")
        .remedy("let the payload follow from message and state, not from the time or chance")
        .cause(conflict)
        .build();
  }

  /** The dependency's timeout, cut to what is left of the time of this turn's caller. */
  private Duration within(Dependency dependency, String event) {
    Duration own = dependency.timeout();
    if (!(work instanceof Work.Ask ask)) {
      return own;
    }
    Duration left = Duration.ofNanos(ask.caller().deadline() - System.nanoTime());
    if (left.isNegative() || left.isZero()) {
      throw RelayException.of(
              ErrorCode.TIMED_OUT,
              "the time of " + work.message().type() + " was over before " + event + " was asked")
          .remedy("it was not asked; repeat with the same request id, or allow more time")
          .build();
    }
    return left.compareTo(own) < 0 ? left : own;
  }

  private SendRequest request(
      String actor,
      String event,
      JsonNode payload,
      Duration within,
      @Nullable ActorAddress asked,
      @Nullable Stamp stamp) {
    Message cause = work.message();
    Headers headers = cause.headers();
    String correlation = stamp == null ? headers.correlation() : stamp.correlation();
    String requestId =
        stamp == null ? requestId(actor, event, asked) : isQuery(event) ? null : stamp.requestId();
    return SendRequest.to(actor, event, payload)
        .withTimeout(within)
        .withTrace(correlation, headers.traceparent())
        .withRequestId(requestId)
        .withAsker(new Asker(waiting(), cause.id()));
  }

  private boolean isQuery(String event) {
    CatalogEvent known = asks.catalog().event(event).orElse(null);
    return known == null || known.definition().kind() == EventKind.QUERY;
  }

  /** A query changes nothing, so nothing need be remembered of it. */
  private @Nullable String requestId(String actor, String event, @Nullable ActorAddress asked) {
    if (isQuery(event)) {
      return null;
    }
    String what = (asked == null ? actor + "/" : asked.toString()) + " " + event;
    return AskId.of(work, what, alike.merge(what, 1, Integer::sum));
  }

  /** Who will answer; absent where the door will find that nobody can. */
  private @Nullable ActorAddress address(String actor, String event, JsonNode payload) {
    Catalog catalog = asks.catalog();
    return catalog
        .event(event)
        .flatMap(known -> known.consumer(actor))
        .map(consumer -> Router.keyField(catalog, consumer))
        .flatMap(field -> Router.key(catalog, payload, field, work.message().headers().time()))
        .map(key -> new ActorAddress(actor, key))
        .orElse(null);
  }

  private List<ActorAddress> waiting() {
    List<ActorAddress> waiting = new ArrayList<>();
    if (work instanceof Work.Ask ask) {
      waiting.addAll(ask.caller().instances());
    }
    waiting.add(work.address());
    return waiting;
  }

  private static Receipt await(CompletableFuture<Receipt> answer, String event, Duration within) {
    try {
      return answer.get(within.plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RelayException known) {
        throw known;
      }
      throw RelayException.of(ErrorCode.INTERNAL, String.valueOf(failed.getCause()))
          .cause(failed.getCause())
          .build();
    } catch (TimeoutException late) {
      throw RelayException.of(
              ErrorCode.TIMED_OUT, event + " was not answered within " + within.toMillis() + " ms")
          .cause(late)
          .build();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw RelayException.of(
              ErrorCode.SHUTTING_DOWN, "the node stopped while " + event + " was asked")
          .cause(stopping)
          .build();
    }
  }
}
