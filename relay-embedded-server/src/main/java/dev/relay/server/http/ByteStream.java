package dev.relay.server.http;

import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * An answer without end. Holds at most the one piece that is being written: the writer says when it
 * wants the next, so a slow reader costs a buffer and no queue. Methods may be called from any
 * thread; the callbacks run on the I/O thread and don't block.
 */
public final class ByteStream {
  private static final Runnable NOTHING = () -> {};

  private final Call call;
  private final HttpServerExchange exchange;
  private final Outbox outbox;
  private final String contentType;
  private @Nullable StreamSinkChannel channel;
  private @Nullable ByteBuffer piece;
  private Runnable written = NOTHING;

  ByteStream(Call call, HttpServerExchange exchange, Outbox outbox, String contentType) {
    this.call = call;
    this.exchange = exchange;
    this.outbox = outbox;
    this.contentType = contentType;
  }

  /** Sends the headers and the first piece; {@code closed} runs once, however the stream ends. */
  public void open(byte[] first, Runnable whenWritten, Runnable closed) {
    outbox.put(
        () -> {
          call.becomesStream();
          if (exchange.isComplete()) {
            closed.run();
            return;
          }
          exchange
              .getResponseHeaders()
              .put(Headers.CONTENT_TYPE, contentType)
              .put(Headers.CACHE_CONTROL, "no-store")
              .put(new HttpString("X-Accel-Buffering"), "no");
          exchange.addExchangeCompleteListener(
              (done, next) -> {
                closed.run();
                next.proceed();
              });
          if (call.head()) {
            exchange.endExchange();
            return;
          }
          channel = exchange.getResponseChannel();
          watchForItsEnd();
          start(first, whenWritten);
        });
  }

  /** Writes the next piece; only after the one before was written. */
  public void write(byte[] next, Runnable whenWritten) {
    outbox.put(() -> start(next, whenWritten));
  }

  /** Ends the stream; a piece that the reader hasn't taken yet is cut off. */
  public void close() {
    outbox.put(
        () -> {
          if (piece != null) {
            cut();
          } else {
            // only now: said earlier, Undertow would end the body by closing and not by a last
            // chunk, and a reader couldn't tell an end from a cut
            exchange.setPersistent(false);
            exchange.endExchange();
          }
        });
  }

  private void start(byte[] next, Runnable whenWritten) {
    if (channel == null || exchange.isComplete()) {
      return;
    }
    piece = ByteBuffer.wrap(next);
    written = whenWritten;
    push(channel);
  }

  private void push(StreamSinkChannel to) {
    ByteBuffer bytes = piece;
    if (bytes == null) {
      to.suspendWrites();
      return;
    }
    try {
      while (bytes.hasRemaining()) {
        if (to.write(bytes) == 0) {
          awaitRoom(to);
          return;
        }
      }
      if (!to.flush()) {
        awaitRoom(to);
        return;
      }
    } catch (IOException readerGone) {
      cut();
      return;
    }
    to.suspendWrites();
    piece = null;
    Runnable next = written;
    written = NOTHING;
    next.run();
  }

  private void awaitRoom(StreamSinkChannel to) {
    to.getWriteSetter().set(this::push);
    to.resumeWrites();
  }

  /**
   * Nothing more is to be read from this caller, so what can be read is its end. Without this a
   * reader that left would be noticed only when the next piece can't be written.
   */
  private void watchForItsEnd() {
    if (!(exchange.getConnection() instanceof AbstractServerConnection connection)) {
      return;
    }
    ConduitStreamSourceChannel source = connection.getChannel().getSourceChannel();
    ByteBuffer ignored = ByteBuffer.allocate(64);
    source
        .getReadSetter()
        .set(
            readable -> {
              try {
                while (true) {
                  ignored.clear();
                  int count = readable.read(ignored);
                  if (count < 0) {
                    cut();
                    return;
                  }
                  if (count == 0) {
                    return;
                  }
                }
              } catch (IOException gone) {
                cut();
              }
            });
    source.resumeReads();
  }

  private void cut() {
    piece = null;
    IoUtils.safeClose(exchange.getConnection());
    exchange.endExchange();
  }
}
