package dev.relay.server.sse;

import dev.relay.store.FeedEntry;
import dev.relay.store.FeedPosition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The newest events, rendered once for all streams: a bounded piece of the feed's end without a
 * gap. Thread-safe.
 *
 * <pre>
 *   feed:  … 1 2 3 4 5 6 7 8 9
 *                   │       └ last
 *                   └ base: of what is here, all after it is here
 * </pre>
 */
final class Tail {
  /** Bytes of frames kept at most; what a reader needs beyond comes from the feed. */
  private static final int MAX_BYTES = 8 << 20;

  private final Deque<Frame> frames = new ArrayDeque<>();
  private FeedPosition base;
  private FeedPosition last;
  private int size;

  Tail(FeedPosition start) {
    this.base = start;
    this.last = start;
  }

  /** Up to where the feed has been read. */
  synchronized FeedPosition last() {
    return last;
  }

  /** Adds what follows in the feed. */
  synchronized void append(List<FeedEntry> entries) {
    for (FeedEntry entry : entries) {
      Frame frame = Frame.of(entry);
      frames.addLast(frame);
      size += frame.bytes().length;
      last = entry.position();
    }
    while (size > MAX_BYTES) {
      Frame oldest = frames.removeFirst();
      size -= oldest.bytes().length;
      base = oldest.position();
    }
  }

  /** Forgets all frames and starts again at this position. */
  synchronized void restart(FeedPosition start) {
    frames.clear();
    size = 0;
    base = start;
    last = start;
  }

  /**
   * What a stream hasn't seen of the tail, as much as goes into one batch; nothing where its
   * position lies before the tail, so that the feed must be read.
   */
  Optional<Batch> after(FeedPosition position, StreamFilter filter) {
    List<Frame> unseen;
    synchronized (this) {
      if (position.compareTo(base) < 0) {
        return Optional.empty();
      }
      unseen = unseen(position);
    }
    Batch batch = new Batch(filter, position);
    for (Frame frame : unseen) {
      if (!batch.take(frame)) {
        break;
      }
    }
    return Optional.of(batch);
  }

  /** From the end backwards, because most streams have seen all but the last few. */
  private List<Frame> unseen(FeedPosition position) {
    List<Frame> unseen = new ArrayList<>();
    Iterator<Frame> newestFirst = frames.descendingIterator();
    while (newestFirst.hasNext()) {
      Frame frame = newestFirst.next();
      if (frame.position().compareTo(position) <= 0) {
        break;
      }
      unseen.add(frame);
    }
    Collections.reverse(unseen);
    return unseen;
  }
}
