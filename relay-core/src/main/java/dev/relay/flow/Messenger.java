package dev.relay.flow;

import dev.relay.actor.Answer;
import dev.relay.actor.AskFailedException;
import dev.relay.actor.AskRefusedException;
import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogEvent;
import dev.relay.catalog.Consumer;
import dev.relay.catalog.EventKind;
import dev.relay.catalog.Pattern;
import dev.relay.definition.BreakerPolicy;
import dev.relay.definition.Dependency;
import dev.relay.definition.FlowStep.Sending;
import dev.relay.failure.ErrorCode;
import dev.relay.turn.Asking;
import dev.relay.turn.StepTurn;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Sends the messages of one turn of a flow. Used by one thread. */
final class Messenger {
  /** Refusals that are somebody's word on the matter, and no mistake of the flow. */
  private static final Set<ErrorCode> BUSINESS =
      EnumSet.of(ErrorCode.REFUSED, ErrorCode.RULE_VIOLATED, ErrorCode.ASK_REFUSED);

  /** Failures before which nothing was sent. */
  private static final Set<ErrorCode> UNSENT = EnumSet.of(ErrorCode.CIRCUIT_OPEN);

  /** What became of a message. */
  sealed interface Result {}

  /** It was done; {@code data} is absent where nobody replies. */
  record Done(@Nullable JsonNode data) implements Result {}

  /** The actor said no. */
  record Refused(String code, @Nullable String reason, String message) implements Result {}

  /** The message can't be right, however often it is sent. */
  record Wrong(String code, String message) implements Result {}

  /**
   * There is no answer.
   *
   * @param uncertain whether it may have happened all the same
   * @param counts whether it counts as an attempt
   */
  record Failed(
      String code, String message, boolean uncertain, boolean counts, @Nullable Duration retryAfter)
      implements Result {}

  private final StepTurn turn;

  Messenger(StepTurn turn) {
    this.turn = turn;
  }

  /** Whether the event changes nothing where it goes; then its answer isn't recorded anywhere. */
  boolean isQuery(String event) {
    return turn.catalog()
        .event(event)
        .filter(known -> known.definition().kind() == EventKind.QUERY)
        .isPresent();
  }

  /**
   * Sends and waits for the answer.
   *
   * @throws AskFailedException where this node stops; then the turn runs again elsewhere
   */
  Result send(Sending sending, JsonNode payload, String requestId, String correlation) {
    Dependency dependency = dependency(sending);
    if (dependency == null) {
      String code = ErrorCode.NOT_A_CONSUMER.code();
      return new Wrong(code, "the catalog names no actor that handles " + sending.event());
    }
    try {
      Answer answer =
          turn.send(dependency, sending.event(), payload, new Asking.Stamp(requestId, correlation));
      return new Done(answer.data());
    } catch (AskRefusedException refused) {
      String code = refused.code().code();
      String message = String.valueOf(refused.getMessage());
      return BUSINESS.contains(refused.code())
          ? new Refused(code, refused.reason().orElse(refused.code().name()), message)
          : new Wrong(code, message + violations(refused));
    } catch (AskFailedException failed) {
      if (failed.code() == ErrorCode.SHUTTING_DOWN) {
        throw failed;
      }
      boolean sent = !UNSENT.contains(failed.code());
      return new Failed(
          failed.code().code(),
          String.valueOf(failed.getMessage()),
          sent,
          sent,
          failed.retryAfter().orElse(null));
    }
  }

  private static String violations(AskRefusedException refused) {
    StringBuilder text = new StringBuilder();
    refused
        .violations()
        .forEach(
            each -> text.append("; ").append(each.pointer()).append(' ').append(each.message()));
    return text.toString();
  }

  private @Nullable Dependency dependency(Sending sending) {
    Catalog catalog = turn.catalog();
    CatalogEvent event = catalog.event(sending.event()).orElse(null);
    if (event == null || event.definition().consumers().isEmpty()) {
      return null;
    }
    Consumer consumer = event.definition().consumers().get(0);
    Duration timeout = sending.timeout();
    return new Dependency(
        consumer.actor(),
        Set.of(sending.event()),
        sending.tells() ? Pattern.TELL : Pattern.ASK,
        timeout == null ? consumer.timeout() : timeout,
        "",
        BreakerPolicy.DEFAULT);
  }
}
