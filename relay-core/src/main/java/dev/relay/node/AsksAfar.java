package dev.relay.node;

import dev.relay.cluster.Assignment;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.transport.Letter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks that this node has passed on to the owners of their instances. A letter that gets no reply
 * is sent again: its receiver does it once. When the owner dies, asks that may be repeated go to
 * the next one; others fail, since nobody knows whether they happened. Bounded by the admission of
 * messages. Thread-safe.
 */
final class AsksAfar implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AsksAfar.class);

  /** Between two looks at what waits. */
  private static final long TICK_MILLIS = 100;

  /** Until a letter is sent a second time; doubled each time after. */
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

  private static final class Waiting {
    private final Work.Ask ask;
    private final boolean repeatable;
    private volatile String owner;
    private volatile long sentAt = System.nanoTime();
    private volatile long pause = FIRST_PAUSE_NANOS;

    Waiting(Work.Ask ask, boolean repeatable, String owner) {
      this.ask = ask;
      this.repeatable = repeatable;
      this.owner = owner;
    }
  }

  private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
  private final Supplier<Assignment> assignment;
  private final BiConsumer<String, Letter> transport;
  private final Consumer<Work.Ask> here;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "relay-asks-afar");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param here does an ask on this node
   */
  AsksAfar(
      Supplier<Assignment> assignment,
      BiConsumer<String, Letter> transport,
      Consumer<Work.Ask> here) {
    this.assignment = assignment;
    this.transport = transport;
    this.here = here;
  }

  void start() {
    timer.scheduleWithFixedDelay(this::resend, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Passes an ask on; its answer is completed by the reply.
   *
   * @param repeatable whether it may be done twice: a query, or a request with an id
   */
  void send(Work.Ask ask, String owner, boolean repeatable) {
    String id = UUID.randomUUID().toString();
    Waiting entry = new Waiting(ask, repeatable, owner);
    waiting.put(id, entry);
    ask.answer().whenComplete((receipt, failure) -> waiting.remove(id));
    post(id, entry);
  }

  /** A reply has come. */
  void received(AskLetter.Reply reply) {
    Waiting entry = waiting.remove(reply.to());
    if (entry == null) {
      return;
    }
    RelayException failure = reply.failure();
    if (failure == null) {
      entry.ask.answer().complete(reply.receipt());
    } else if (failure.code() == ErrorCode.NODE_LOST) {
      send(entry.ask, "", true);
    } else {
      entry.ask.answer().completeExceptionally(failure);
    }
  }

  /** Nodes have come or gone. */
  void changed(Assignment now) {
    waiting.forEach(
        (id, entry) -> {
          if (!entry.owner.isEmpty() && now.member(entry.owner).isEmpty()) {
            lost(id, entry);
          }
        });
  }

  private void lost(String id, Waiting entry) {
    if (waiting.remove(id) == null) {
      return;
    }
    if (entry.repeatable) {
      send(entry.ask, "", true);
      return;
    }
    entry
        .ask
        .answer()
        .completeExceptionally(
            RelayException.of(
                    ErrorCode.NODE_LOST,
                    "the node that was asked has died; "
                        + entry.ask.message().type()
                        + " may or may not have been applied")
                .remedy(
                    "look before you ask again; with a request id it would have been asked again"
                        + " by itself")
                .build());
  }

  private void resend() {
    try {
      long now = System.nanoTime();
      for (Map.Entry<String, Waiting> each : List.copyOf(waiting.entrySet())) {
        Waiting entry = each.getValue();
        if (now - entry.sentAt > entry.pause) {
          entry.pause *= 2;
          post(each.getKey(), entry);
        }
      }
    } catch (RuntimeException fault) {
      log.error("a fault while sending asks again; it goes on", fault);
    }
  }

  /** Sends the letter, to the owner of now where it has none yet. */
  private void post(String id, Waiting entry) {
    entry.sentAt = System.nanoTime();
    Assignment now = assignment.get();
    if (entry.owner.isEmpty()) {
      String owner = now.owner(entry.ask.address());
      if (owner == null) {
        return; // nobody yet: the next look may find somebody, or the caller's time runs out
      }
      if (owner.equals(now.self())) {
        waiting.remove(id);
        here.accept(entry.ask);
        return;
      }
      entry.owner = owner;
    }
    transport.accept(entry.owner, new Letter(id, now.self(), AskLetter.write(entry.ask)));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
