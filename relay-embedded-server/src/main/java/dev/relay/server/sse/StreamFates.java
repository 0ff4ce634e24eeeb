package dev.relay.server.sse;

import dev.relay.message.Message;
import dev.relay.store.DeliveryFate;
import dev.relay.store.ExpectedDelivery;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The deliveries of the events that one stream has shown, until it has told what became of them.
 * Thread-safe.
 */
final class StreamFates {
  /** Deliveries followed at once; beyond, the oldest are given up, so that memory has a bound. */
  private static final int MOST = 4_096;

  /** Deliveries looked at in one round; bounds the length of a query. */
  private static final int MOST_A_ROUND = 512;

  /** Bytes that wait for a slow reader; what is beyond is looked up when it has caught up. */
  private static final int MOST_UNWRITTEN = 256 << 10;

  /** While young a delivery is looked at in every round, later in every tenth. */
  private static final Duration YOUNG = Duration.ofSeconds(5);

  /** From here on a delivery that nobody has tried is worth a word. */
  private static final Duration WAITING = Duration.ofSeconds(2);

  /** A delivery of which nothing final is heard for so long is given up. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  /** The same for an event of the past: its turns may be too many to look through. */
  private static final Duration LONGEST_PAST = Duration.ofSeconds(10);

  private static final Duration PAST = Duration.ofMinutes(1);

  /** What was said of a delivery so far. */
  private static final class Followed {
    private final String event;
    private final long fromNanos = System.nanoTime();
    private final Duration longest;
    private int toldAttempts;
    private boolean toldWaiting;

    private Followed(Message event) {
      this.event = event.type();
      boolean past = event.headers().time().isBefore(Instant.now().minus(PAST));
      this.longest = past ? LONGEST_PAST : LONGEST;
    }

    private Duration age() {
      return Duration.ofNanos(System.nanoTime() - fromNanos);
    }
  }

  private final Function<Message, List<ExpectedDelivery>> receivers;
  private final Map<ExpectedDelivery, Followed> followed = new LinkedHashMap<>();
  private final ByteArrayOutputStream ready = new ByteArrayOutputStream();
  private int round;

  /**
   * @param receivers the deliveries that an event owes
   */
  StreamFates(Function<Message, List<ExpectedDelivery>> receivers) {
    this.receivers = receivers;
  }

  /** The stream writes this batch now: what has been found comes before it, once. */
  synchronized byte[] before(Batch batch) {
    ready.writeBytes(batch.bytes());
    byte[] bytes = ready.toByteArray();
    ready.reset();
    batch.taken().forEach(this::follow);
    return bytes;
  }

  private void follow(Message event) {
    for (ExpectedDelivery delivery : receivers.apply(event)) {
      followed.put(delivery, new Followed(event));
    }
    Iterator<ExpectedDelivery> oldest = followed.keySet().iterator();
    while (followed.size() > MOST) {
      oldest.next();
      oldest.remove();
    }
  }

  /** Those to look at now. */
  synchronized List<ExpectedDelivery> due() {
    if (ready.size() > MOST_UNWRITTEN) {
      return List.of();
    }
    boolean all = round++ % 10 == 0;
    followed.values().removeIf(each -> each.age().compareTo(each.longest) > 0);
    List<ExpectedDelivery> due = new ArrayList<>();
    for (Map.Entry<ExpectedDelivery, Followed> each : followed.entrySet()) {
      if (due.size() < MOST_A_ROUND && (all || each.getValue().age().compareTo(YOUNG) < 0)) {
        due.add(each.getKey());
      }
    }
    return due;
  }

  /** Takes what was found; true where there is something to write. */
  synchronized boolean take(List<DeliveryFate> fates) {
    for (DeliveryFate fate : fates) {
      Followed known = followed.get(fate.delivery());
      if (known != null && isNews(known, fate)) {
        ready.writeBytes(FateFrame.of(known.event, fate));
      }
    }
    return ready.size() > 0;
  }

  private boolean isNews(Followed known, DeliveryFate fate) {
    switch (fate.kind()) {
      case DONE, DEAD -> {
        followed.remove(fate.delivery());
        return true;
      }
      case RETRYING -> {
        boolean news = fate.attempts() > known.toldAttempts;
        known.toldAttempts = fate.attempts();
        return news;
      }
      case WAITING -> {
        boolean news = !known.toldWaiting && known.age().compareTo(WAITING) > 0;
        known.toldWaiting |= news;
        return news;
      }
    }
    throw new IllegalStateException("no such kind: " + fate.kind());
  }
}
