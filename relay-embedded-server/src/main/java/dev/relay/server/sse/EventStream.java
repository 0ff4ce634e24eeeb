package dev.relay.server.sse;

import dev.relay.server.http.ByteStream;
import dev.relay.store.FeedPosition;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One reader's stream: a position in the feed and at most one piece on its way. Thread-safe.
 *
 * <pre>
 *            nudge: something in the tail                written
 *   IDLE ───────────────────────────────► WRITING ─────────────────► IDLE
 *    │  ▲                                    ▲
 *    │  └─ history read, nothing found ──┐   │ history read
 *    └── nudge: behind the tail ───► READING ┘
 *   any ── close, reader gone ──► CLOSED
 * </pre>
 */
final class EventStream {
  private enum State {
    IDLE,
    WRITING,
    READING,
    CLOSED
  }

  private final StreamHub hub;
  private final ByteStream out;
  private final StreamFilter filter;
  private FeedPosition position;
  private State state = State.WRITING;
  private long sinceNanos = System.nanoTime();

  EventStream(StreamHub hub, ByteStream out, StreamFilter filter, FeedPosition position) {
    this.hub = hub;
    this.out = out;
    this.filter = filter;
    this.position = position;
  }

  void open() {
    out.open(Frame.opening(), this::written, this::gone);
  }

  /** Looks whether there is something to write; never blocks. */
  void nudge() {
    @Nullable Batch batch;
    synchronized (this) {
      if (state != State.IDLE) {
        return;
      }
      batch = hub.tail().after(position, filter).orElse(null);
      if (batch == null) {
        state = State.READING;
      } else if (batch.isEmpty()) {
        position = batch.end();
        return;
      } else {
        begin(batch);
      }
    }
    if (batch == null) {
      hub.readHistory(this);
    } else {
      out.write(batch.bytes(), this::written);
    }
  }

  /** Reads the feed after this stream's position; blocks. */
  void readHistory() {
    FeedPosition from;
    synchronized (this) {
      if (state != State.READING) {
        return;
      }
      from = position;
    }
    Batch batch = hub.history(from, filter);
    synchronized (this) {
      if (state != State.READING) {
        return;
      }
      if (batch.isEmpty()) {
        position = batch.end();
        state = State.IDLE;
      } else {
        begin(batch);
      }
    }
    if (batch.isEmpty()) {
      nudge();
    } else {
      out.write(batch.bytes(), this::written);
    }
  }

  /** Says that all is well, where nothing was said for this long; gives up on a stuck reader. */
  void keepAlive(Duration quiet, Duration stuck) {
    FeedPosition seen;
    synchronized (this) {
      long nanos = System.nanoTime() - sinceNanos;
      if (state == State.WRITING && nanos > stuck.toNanos()) {
        out.close();
        return;
      }
      if (state != State.IDLE || nanos < quiet.toNanos()) {
        return;
      }
      state = State.WRITING;
      sinceNanos = System.nanoTime();
      seen = position;
    }
    out.write(Frame.keepAlive(seen), this::written);
  }

  void close() {
    out.close();
  }

  private void begin(Batch batch) {
    state = State.WRITING;
    sinceNanos = System.nanoTime();
    position = batch.end();
  }

  private void written() {
    synchronized (this) {
      if (state != State.WRITING) {
        return;
      }
      state = State.IDLE;
    }
    nudge();
  }

  private void gone() {
    synchronized (this) {
      state = State.CLOSED;
    }
    hub.remove(this);
  }
}
