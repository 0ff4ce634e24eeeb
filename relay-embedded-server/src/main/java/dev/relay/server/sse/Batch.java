package dev.relay.server.sse;

import dev.relay.message.Message;
import dev.relay.store.FeedPosition;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Frames for one stream, collected up to a bound. Used by one thread. */
final class Batch {
  /** What a stream holds for a slow reader at most, unless a single event is larger. */
  private static final int MAX_BYTES = 256 << 10;

  private final StreamFilter filter;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
  private final List<Message> taken = new ArrayList<>();
  private FeedPosition end;

  Batch(StreamFilter filter, FeedPosition start) {
    this.filter = filter;
    this.end = start;
  }

  /** Takes the frame, or passes over it where the filter says so; false where it is full. */
  boolean take(Frame frame) {
    if (filter.accepts(frame.message())) {
      if (bytes.size() > 0 && bytes.size() + frame.bytes().length > MAX_BYTES) {
        return false;
      }
      bytes.writeBytes(frame.bytes());
      taken.add(frame.message());
    }
    end = frame.position();
    return true;
  }

  /** Up to where the stream has seen the feed once these bytes are written. */
  FeedPosition end() {
    return end;
  }

  void skipTo(FeedPosition position) {
    if (position.compareTo(end) > 0) {
      end = position;
    }
  }

  boolean isEmpty() {
    return bytes.size() == 0;
  }

  /** The events in it. */
  List<Message> taken() {
    return taken;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }
}
