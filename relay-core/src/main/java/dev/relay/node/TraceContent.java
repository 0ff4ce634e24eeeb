package dev.relay.node;

import dev.relay.message.Message;
import dev.relay.store.ExpectedDelivery;
import dev.relay.store.JournalEntry;
import dev.relay.store.OpenDelivery;
import dev.relay.store.PastTurn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What was found of a trace so far. Used by one thread. */
final class TraceContent {
  /** A message and its receivers by actor, with whether it was published. */
  private static final class Found {
    final Message message;
    final Map<String, Trace.Branch> receivers = new LinkedHashMap<>();
    boolean published;

    Found(Message message) {
      this.message = message;
    }
  }

  private final String correlation;
  private final int most;
  private final Map<String, Found> messages = new LinkedHashMap<>();

  TraceContent(String correlation, int most) {
    this.correlation = correlation;
    this.most = most;
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  boolean isFull() {
    return messages.size() >= most;
  }

  void addOpen(List<OpenDelivery> deliveries) {
    for (OpenDelivery open : deliveries) {
      Trace.State state =
          switch (open.status()) {
            case READY -> Trace.State.WAITING;
            case SCHEDULED -> Trace.State.SCHEDULED;
            case RETRYING -> Trace.State.RETRYING;
            case DEAD -> Trace.State.DEAD;
          };
      receiver(
          open.message(),
          new Trace.Branch(
              open.actor(), open.key(), state, open.dueAt(), 0, open.attempts(), open.error()));
    }
  }

  void addTurns(List<PastTurn> turns) {
    for (PastTurn turn : turns) {
      // a publication from outside is nobody's turn
      if (!turn.outcome().equals(JournalEntry.PUBLISHED)) {
        boolean done = turn.outcome().equals(JournalEntry.DONE);
        Trace.State state = done ? Trace.State.DONE : Trace.State.DISCARDED;
        receiver(
            turn.message(),
            new Trace.Branch(turn.actor(), turn.key(), state, turn.at(), turn.version(), 0, null));
      }
      for (Message emitted : turn.emitted()) {
        Found found = message(emitted);
        if (found != null) {
          found.published = true;
        }
      }
    }
  }

  private void receiver(Message message, Trace.Branch branch) {
    Found found = message(message);
    if (found != null) {
      found.receivers.put(branch.actor(), branch);
    }
  }

  private @org.jspecify.annotations.Nullable Found message(Message message) {
    if (!message.headers().correlation().equals(correlation)) {
      return null; // the text was found in a payload
    }
    return messages.computeIfAbsent(message.id().value(), id -> new Found(message));
  }

  /** Whether every receiver that the catalog names for a published event was found. */
  boolean accountedFor(Function<Message, List<ExpectedDelivery>> receivers) {
    for (Found found : messages.values()) {
      if (!missing(found, receivers).isEmpty()) {
        return false;
      }
    }
    return !messages.isEmpty();
  }

  Trace trace(Function<Message, List<ExpectedDelivery>> receivers) {
    boolean complete = !isFull();
    List<Trace.Step> steps = new ArrayList<>();
    for (Found found : messages.values()) {
      List<Trace.Branch> branches = new ArrayList<>(found.receivers.values());
      for (ExpectedDelivery each : missing(found, receivers)) {
        complete = false;
        branches.add(
            new Trace.Branch(each.actor(), each.key(), Trace.State.UNKNOWN, null, 0, 0, null));
      }
      steps.add(new Trace.Step(found.message, branches));
    }
    steps.sort(
        Comparator.comparing((Trace.Step step) -> step.message().headers().time())
            .thenComparing(step -> step.message().id()));
    return new Trace(correlation, complete, steps);
  }

  private static List<ExpectedDelivery> missing(
      Found found, Function<Message, List<ExpectedDelivery>> receivers) {
    return found.published
        ? receivers.apply(found.message).stream()
            .filter(each -> !found.receivers.containsKey(each.actor()))
            .toList()
        : List.of();
  }
}
