package dev.relay.node;

import dev.relay.catalog.Consumer;
import dev.relay.message.Message;
import dev.relay.message.MessageId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An answer with the replies that are still missing in it. Thread-safe. */
final class PendingAnswer {
  private record Expected(MessageId event, String actor) {}

  private final Work.Ask ask;
  private final Receipt.Answered answered;
  private final Map<Expected, EventReply> replies = new LinkedHashMap<>();
  private Duration longest = Duration.ZERO;
  private int missing;

  PendingAnswer(Work.Ask ask, Receipt.Answered answered) {
    this.ask = ask;
    this.answered = answered;
  }

  /** One more reply to wait for, unless nobody can give it. */
  synchronized void expect(Message event, Consumer consumer, String key) {
    Expected expected = new Expected(event.id(), consumer.actor());
    replies.put(expected, EventReply.pending(event.type(), consumer.actor(), key));
    if (!key.isEmpty()) {
      missing++;
      longest = longest.compareTo(consumer.timeout()) < 0 ? consumer.timeout() : longest;
    }
  }

  void take(ConsumerReply reply) {
    synchronized (this) {
      Expected expected = new Expected(reply.event(), reply.reply().actor());
      EventReply before = replies.get(expected);
      if (before == null || before.outcome() != EventReply.Outcome.PENDING) {
        return;
      }
      replies.put(expected, reply.reply());
      missing--;
    }
    complete();
  }

  /** Answers where nothing is missing, and says whether that was so. */
  boolean complete() {
    synchronized (this) {
      if (missing > 0) {
        return false;
      }
    }
    close();
    return true;
  }

  /** Answers with what is there. */
  void close() {
    ask.answer().complete(answered.with(replies()));
  }

  /**
   * Answers somebody who asks the same again: when the first one is answered, with what has been
   * replied by then.
   */
  void repeat(Work.Awaited again, Receipt.Answered recorded) {
    ask.answer()
        .whenComplete((first, failure) -> again.answer().complete(recorded.with(replies())));
  }

  private synchronized List<EventReply> replies() {
    return List.copyOf(replies.values());
  }

  /**
   * How long it waits: as long as the slowest consumer may take, within the caller's own time.
   *
   * @param reserve one part of so many of the caller's time is kept back
   */
  synchronized Duration within(int reserve) {
    long left = Math.max(0, ask.caller().deadline() - System.nanoTime());
    Duration most = Duration.ofNanos(left - left / reserve);
    return most.compareTo(longest) < 0 ? most : longest;
  }
}
