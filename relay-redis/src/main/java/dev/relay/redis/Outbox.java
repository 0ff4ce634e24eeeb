package dev.relay.redis;

import dev.relay.transport.Letter;
import dev.relay.transport.PartitionId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What waits to be sent to one node. One envelope is under way at a time; what comes meanwhile goes
 * into the next, so that under load envelopes grow and their number doesn't. Bounded: letters that
 * find no room are dropped. Thread-safe; never blocks.
 */
final class Outbox {
  /** Letters in one envelope; chosen: beyond some hundred the cost of a command doesn't count. */
  private static final int MOST_LETTERS = 256;

  /** Characters in one envelope, unless its first letter is larger: keeps Redis's pauses short. */
  private static final int MOST_CHARACTERS = 1 << 20;

  /** Characters that may wait: a few seconds' worth for a Redis that stalls. */
  private static final int ROOM = 32 << 20;

  private final String from;
  private final Function<Envelope, CompletionStage<?>> carrier;
  private final Deque<Letter> letters = new ArrayDeque<>();
  private final Set<PartitionId> partitions = new LinkedHashSet<>();
  private long waiting;
  private long number;
  private boolean underWay;
  private boolean sending;

  /**
   * @param from the sending node
   * @param carrier sends an envelope without blocking; must not throw
   */
  Outbox(String from, Function<Envelope, CompletionStage<?>> carrier) {
    this.from = from;
    this.carrier = carrier;
  }

  void wake(Collection<PartitionId> more) {
    synchronized (this) {
      partitions.addAll(more);
    }
    sendWhatWaits();
  }

  void post(Letter letter) {
    synchronized (this) {
      int size = size(letter);
      if (waiting + size > ROOM && !letters.isEmpty()) {
        // the missing number tells the receiver
        number++;
        return;
      }
      letters.add(letter);
      waiting += size;
    }
    sendWhatWaits();
  }

  synchronized boolean idle() {
    return !underWay && letters.isEmpty() && partitions.isEmpty();
  }

  // a loop and not a call of itself: without a connection each envelope fails at once
  private void sendWhatWaits() {
    while (true) {
      Envelope next = next();
      if (next == null) {
        return;
      }
      CompletionStage<?> sent = carrier.apply(next);
      sent.whenComplete((ignored, failure) -> arrived());
      synchronized (this) {
        sending = false;
        if (underWay) {
          return;
        }
      }
    }
  }

  private void arrived() {
    boolean senderLooksItself;
    synchronized (this) {
      underWay = false;
      senderLooksItself = sending;
    }
    if (!senderLooksItself) {
      sendWhatWaits();
    }
  }

  private synchronized @org.jspecify.annotations.Nullable Envelope next() {
    if (underWay || sending || (letters.isEmpty() && partitions.isEmpty())) {
      return null;
    }
    Envelope envelope = new Envelope(from, ++number, Set.copyOf(partitions), takeLetters());
    partitions.clear();
    underWay = true;
    sending = true;
    return envelope;
  }

  private List<Letter> takeLetters() {
    List<Letter> taken = new ArrayList<>();
    int characters = 0;
    while (!letters.isEmpty() && taken.size() < MOST_LETTERS) {
      characters += size(letters.element());
      if (characters > MOST_CHARACTERS && !taken.isEmpty()) {
        break;
      }
      Letter letter = letters.remove();
      waiting -= size(letter);
      taken.add(letter);
    }
    return taken;
  }

  private static int size(Letter letter) {
    return letter.body().length() + letter.from().length() + letter.id().length();
  }
}
