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
  private final @Nullable StreamFates fates;
  private FeedPosition position;
  private State state = State.WRITING;
  private long sinceNanos = System.nanoTime();

  /**
   * @param fates tells what became of the events shown; absent where nobody wants to know
   */
  EventStream(
      StreamHub hub,
      ByteStream out,
      StreamFilter filter,
      FeedPosition position,
      @Nullable StreamFates fates) {
    this.hub = hub;
    this.out = out;
    this.filter = filter;
    this.position = position;
    this.fates = fates;
  }

  @Nullable StreamFates fates() {
    return fates;
  }

  void open() {
    FeedPosition start;
    synchronized (this) {
      start = position;
    }
    out.open(Frame.opening(start), this::written, this::gone);
  }

  /** Looks whether there is something to write; never blocks. */
  void nudge() {
    byte @Nullable [] next = null;
    synchronized (this) {
      if (state != State.IDLE) {
        return;
      }
      Batch batch = hub.tail().after(position, filter).orElse(null);
      if (batch == null) {
        state = State.READING;
      } else {
        next = begin(batch);
      }
    }
    if (next == null) {
      hub.readHistory(this);
    } else if (next.length > 0) {
      out.write(next, this::written);
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
    byte[] next;
    synchronized (this) {
      if (state != State.READING) {
        return;
      }
      next = begin(batch);
    }
    if (next.length == 0) {
      nudge();
    } else {
      out.write(next, this::written);
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

  /** What is written next: what became of events that were shown, then new ones. */
  private byte[] begin(Batch batch) {
    position = batch.end();
    byte[] bytes = fates == null ? batch.bytes() : fates.before(batch);
    state = bytes.length == 0 ? State.IDLE : State.WRITING;
    if (state == State.WRITING) {
      sinceNanos = System.nanoTime();
    }
    return bytes;
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
