package dev.relay.server.sse;

import dev.relay.node.Tracer;
import dev.relay.store.DeliveryFate;
import dev.relay.store.ExpectedDelivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up what became of the events that streams have shown, in one query for all of them. One
 * thread, which lives while a stream wants to know. Thread-safe.
 */
final class FateWatch implements AutoCloseable {
  /** Between two looks: soon enough for a person, seldom enough for Postgres. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  private static final Logger log = LoggerFactory.getLogger(FateWatch.class);

  private final Tracer tracer;
  private final Set<EventStream> streams;
  private @Nullable Thread thread;
  private boolean closed;

  /**
   * @param streams all open ones, those included that don't want to know
   */
  FateWatch(Tracer tracer, Set<EventStream> streams) {
    this.tracer = tracer;
    this.streams = streams;
  }

  /** For a stream that wants to know of the consumers that its filter means. */
  StreamFates ofStream(StreamFilter filter) {
    return new StreamFates(
        event ->
            tracer.expected(event).stream()
                .filter(delivery -> filter.tellsOf(delivery.actor()))
                .toList());
  }

  /** A stream that wants to know was opened. */
  synchronized void wake() {
    if (thread == null && !closed) {
      Thread watching = new Thread(this::watch, "relay-http-fates");
      watching.setDaemon(true);
      thread = watching;
      watching.start();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  private void watch() {
    for (List<EventStream> wanting = wanting(); !wanting.isEmpty(); wanting = wanting()) {
      try {
        look(wanting);
      } catch (RuntimeException failure) {
        log.debug("what became of events can't be read, tried again soon", failure);
      }
    }
  }

  private void look(List<EventStream> wanting) {
    Set<ExpectedDelivery> due = new LinkedHashSet<>();
    wanting.forEach(stream -> due.addAll(fates(stream).due()));
    if (due.isEmpty()) {
      return;
    }
    List<DeliveryFate> found = tracer.fates(List.copyOf(due));
    for (EventStream stream : wanting) {
      if (fates(stream).take(found)) {
        stream.nudge();
      }
    }
  }

  /** The streams to look for, after a pause; none where this thread is to end. */
  private synchronized List<EventStream> wanting() {
    List<EventStream> wanting = new ArrayList<>();
    try {
      if (!closed) {
        wait(PAUSE.toMillis());
      }
    } catch (InterruptedException interrupted) {
      closed = true;
    }
    if (!closed) {
      streams.stream().filter(stream -> stream.fates() != null).forEach(wanting::add);
    }
    if (wanting.isEmpty()) {
      thread = null;
    }
    return wanting;
  }

  private static StreamFates fates(EventStream stream) {
    StreamFates fates = stream.fates();
    if (fates == null) {
      throw new IllegalStateException("this stream doesn't want to know");
    }
    return fates;
  }
}
