package dev.relay.node;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.Json;
import dev.relay.message.Message;
import dev.relay.message.MessageId;
import dev.relay.store.ExpectedDelivery;
import dev.relay.store.History;
import dev.relay.store.OpenDelivery;
import dev.relay.store.PastTurn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds what belongs to one request. Ids of messages carry their time, so only a piece of the
 * journal is looked through: from the first message on, in steps that grow, until every consumer of
 * every event found is accounted for. Used once, by one thread.
 *
 * <pre>
 *   id ──request?──► message ──its time──► its row ──► correlation ──► rows from the root's time on
 *    └───────────── a correlation id of somebody's own: rows of the time within ──────────┘
 * </pre>
 */
final class TraceSearch {
  /** Clocks of nodes and database may be apart by this much. */
  private static final Duration SKEW = Duration.ofSeconds(5);

  /** How far behind a message's birth its row is first looked for, then after that. */
  private static final List<Duration> STEPS =
      List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(10));

  /** Turns and deliveries of one trace; a request that causes more is shown in part. */
  private static final int MOST = 1_000;

  private final History history;
  private final Function<Message, List<ExpectedDelivery>> receivers;
  private final Duration within;
  private final Instant now;

  /**
   * @param receivers the deliveries that an event owes by the catalog
   * @param within how much time is looked through at most
   */
  TraceSearch(
      History history,
      Function<Message, List<ExpectedDelivery>> receivers,
      Duration within,
      Instant now) {
    this.history = history;
    this.receivers = receivers;
    this.within = within;
    this.now = now;
  }

  /**
   * The trace that a message id, a correlation id or a request id belongs to.
   *
   * @throws RelayException {@code UNKNOWN_MESSAGE} where nothing is found
   */
  Trace find(String id) {
    String named = history.requested(id).map(MessageId::value).orElse(id);
    Optional<Instant> born = born(named);
    Message known = born.map(time -> message(named, time)).orElse(null);
    String correlation = known == null ? named : known.headers().correlation();
    Instant from = start(correlation, known);
    TraceContent content = collect(correlation, from);
    if (content.isEmpty()) {
      throw unknown(id, born.isPresent());
    }
    return content.trace(receivers);
  }

  /** Where the search for all of it begins: at the root where that can be known. */
  private Instant start(String correlation, @Nullable Message known) {
    Optional<Instant> root = born(correlation);
    if (root.isPresent()) {
      return root.get();
    }
    return known == null ? now.minus(within) : known.headers().time().minus(STEPS.get(1));
  }

  private TraceContent collect(String correlation, Instant from) {
    String text = "\"correlation\":" + Json.mapper().writeValueAsString(correlation);
    TraceContent content = new TraceContent(correlation, MOST);
    Instant end = from.plus(within).isBefore(now) ? from.plus(within) : now;
    end = end.plus(SKEW);
    content.addOpen(history.open(text, from.minus(SKEW), end, MOST));
    Instant at = from.minus(SKEW);
    for (int step = 0; at.isBefore(end) && !content.isFull(); step++) {
      Duration length = STEPS.get(Math.min(step, STEPS.size() - 1));
      Instant to = at.plus(length).isBefore(end) ? at.plus(length) : end;
      content.addTurns(history.turns(text, at, to, MOST));
      at = to;
      // an id of somebody's own may be that of more requests, which come when they like
      if (content.accountedFor(receivers) && born(correlation).isPresent()) {
        break;
      }
    }
    return content;
  }

  /** The message itself: emitted or processed soon after its birth, or still owed. */
  private @Nullable Message message(String id, Instant born) {
    String text = "\"id\":\"" + id + "\"";
    Instant at = born.minus(SKEW);
    for (OpenDelivery open : history.open(text, at, born.plus(STEPS.get(1)), 1)) {
      return open.message();
    }
    for (Duration step : STEPS) {
      Instant to = at.plus(step).plus(SKEW);
      for (PastTurn turn : history.turns(text, at, to, 10)) {
        Message found = in(turn, id);
        if (found != null) {
          return found;
        }
      }
      at = to;
      if (at.isAfter(now.plus(SKEW))) {
        break;
      }
    }
    return null;
  }

  private static @Nullable Message in(PastTurn turn, String id) {
    if (turn.message().id().value().equals(id)) {
      return turn.message();
    }
    for (Message emitted : turn.emitted()) {
      if (emitted.id().value().equals(id)) {
        return emitted;
      }
    }
    return null;
  }

  private static Optional<Instant> born(String id) {
    return id.length() == 36 ? new MessageId(id).time() : Optional.empty();
  }

  private RelayException unknown(String id, boolean isMessage) {
    return RelayException.of(
            ErrorCode.UNKNOWN_MESSAGE,
            isMessage
                ? "nothing is known of " + id + ": no turn and no delivery has it"
                : "no request and no message of the last " + text(within) + " has the id " + id)
        .remedy(
            isMessage
                ? "queries and refused messages leave no trace; old days of the journal are dropped"
                : "look further back with --within, or name a message id, which carries its time")
        .build();
  }

  private static String text(Duration time) {
    return time.toHours() > 0 && time.toMinutesPart() == 0
        ? time.toHours() + " h"
        : time.toMinutes() + " min";
  }
}
