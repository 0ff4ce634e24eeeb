package dev.relay.server.http;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.server.problem.HttpFault;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSourceChannel;

/**
 * Reads one body without blocking, on the I/O thread. Most bodies are there with the headers and
 * are read in one go. One that grows over the limit is refused at that byte; one that dribbles is
 * refused at the deadline.
 */
final class BodyReader implements ChannelListener<StreamSourceChannel> {
  /** What a body may take without counting against the budget of all. */
  private static final int FREE_BYTES = 16 << 10;

  private static final byte[] NOTHING = {};

  /**
   * Read of a body that is too large before the connection is cut; chosen, half a second's worth.
   */
  private static final long MOST_DISCARDED = 32L << 20;

  private final Call call;
  private final HttpServerExchange exchange;
  private final Limits limits;
  private final BodyBudget budget;
  private byte[] bytes = NOTHING;
  private int length;
  private XnioExecutor.@Nullable Key deadline;
  private boolean done;
  private boolean refused;
  private long discarded;

  BodyReader(Call call, HttpServerExchange exchange, Limits limits, BodyBudget budget) {
    this.call = call;
    this.exchange = exchange;
    this.limits = limits;
    this.budget = budget;
  }

  void start() {
    if (exchange.getRequestContentLength() > limits.maxBodyBytes()) {
      refuse();
    }
    StreamSourceChannel channel = exchange.getRequestChannel();
    if (channel == null) {
      throw new IllegalStateException("the body of this request was read before");
    }
    handleEvent(channel);
  }

  @Override
  public void handleEvent(StreamSourceChannel channel) {
    if (done) {
      return;
    }
    try (PooledByteBuffer pooled = exchange.getConnection().getByteBufferPool().allocate()) {
      read(channel, pooled.getBuffer());
    } catch (IOException brokenOff) {
      finish(channel);
      IoUtils.safeClose(exchange.getConnection());
      exchange.endExchange();
    } catch (RuntimeException failure) {
      finish(channel);
      call.fail(failure);
    }
  }

  private void read(StreamSourceChannel channel, ByteBuffer buffer) throws IOException {
    while (true) {
      buffer.clear();
      int count = channel.read(buffer);
      if (count < 0) {
        finish(channel);
        if (refused) {
          throw tooLarge();
        }
        call.bodyRead(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
        return;
      }
      if (count == 0) {
        waitFor(channel);
        return;
      }
      append(buffer.flip());
    }
  }

  /**
   * Reads on without keeping anything, so that the caller, who is still sending, gets to read the
   * answer: closing a connection with unread bytes resets it, and some clients lose the answer
   * then. A caller who asks first, or announces more than is worth reading, is answered at once.
   */
  private void refuse() {
    if (exchange.getRequestContentLength() > MOST_DISCARDED
        || HttpContinue.requiresContinueResponse(exchange)) {
      throw tooLarge();
    }
    refused = true;
    bytes = NOTHING;
    length = 0;
  }

  private void discard(int count) {
    discarded += count;
    if (discarded > MOST_DISCARDED) {
      throw tooLarge();
    }
  }

  private void append(ByteBuffer more) {
    if (refused) {
      discard(more.remaining());
      return;
    }
    int needed = length + more.remaining();
    if (needed > limits.maxBodyBytes()) {
      refuse();
      return;
    }
    if (needed > bytes.length) {
      grow(needed);
    }
    int count = more.remaining();
    more.get(bytes, length, count);
    length += count;
  }

  private void grow(int needed) {
    int size = length == 0 ? needed : Math.min(limits.maxBodyBytes(), Math.max(needed, 2 * length));
    int counted = Math.max(0, bytes.length - FREE_BYTES);
    int more = Math.max(0, size - FREE_BYTES) - counted;
    if (more > 0) {
      budget.take(more);
      call.owes(more);
    }
    bytes = Arrays.copyOf(bytes, size);
  }

  private void waitFor(StreamSourceChannel channel) {
    if (deadline == null) {
      deadline =
          call.outbox()
              .thread()
              .executeAfter(
                  () -> tooSlow(channel), limits.bodyTimeout().toMillis(), TimeUnit.MILLISECONDS);
      channel.getReadSetter().set(this);
    }
    channel.resumeReads();
  }

  private void tooSlow(StreamSourceChannel channel) {
    if (!done) {
      finish(channel);
      exchange.setPersistent(false);
      call.fail(
          HttpFault.REQUEST_TIMEOUT.because(
              "the body wasn't complete within "
                  + limits.bodyTimeout().toMillis()
                  + " ms, "
                  + length
                  + " bytes of it had come"));
    }
  }

  private void finish(StreamSourceChannel channel) {
    done = true;
    channel.suspendReads();
    if (deadline != null) {
      deadline.remove();
    }
  }

  private RelayException tooLarge() {
    return RelayException.of(
            ErrorCode.TOO_LARGE,
            "the body is larger than " + limits.maxBodyBytes() + " bytes, which is the limit")
        .remedy("send less at once")
        .build();
  }
}
