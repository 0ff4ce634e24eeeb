package dev.relay.server.http;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.server.problem.Problem;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/**
 * One request on its way to one answer. Its state belongs to the I/O thread; what the route's
 * action may use from any thread says so.
 *
 * <pre>
 *   run ──► routed ──► (body read) ──► action ──► answer / fail ──► sent ──► complete
 *                                        │
 *                                        └──► stream ─────────────────────► complete
 * </pre>
 */
public final class Call implements Runnable, ExchangeCompletionListener {
  /** For the caller to finish sending what nobody will read, before the connection is cut. */
  private static final Duration LINGER = Duration.ofSeconds(5);

  private static final int SMALL_BYTES = 64 << 10;

  private static final byte[] NOTHING = {};

  private final HttpServerExchange exchange;
  private final FrontDoor door;
  private final Outbox outbox;
  private final long startedNanos = System.nanoTime();
  private @Nullable Route route;
  private List<String> parameters = List.of();
  private byte[] body = NOTHING;
  private int owedBytes;
  private boolean answered;
  private boolean counted = true;
  private XnioExecutor.@Nullable Key deadline;

  Call(HttpServerExchange exchange, FrontDoor door, Outbox outbox) {
    this.exchange = exchange;
    this.door = door;
    this.outbox = outbox;
  }

  /** Finds the route and follows it. */
  @Override
  public void run() {
    try {
      Router.Place place = door.router().find(path());
      Route found = place.route(exchange.getRequestMethod());
      if (found == null) {
        answer(Unrouted.answer(exchange.getRequestMethod(), path(), place.allowed()));
        return;
      }
      route = found;
      parameters = place.parameters();
      door.admit(found);
      if (found.mediaTypes().isEmpty()) {
        follow(found);
      } else {
        MediaTypes.check(found.mediaTypes(), header(Headers.CONTENT_TYPE));
        door.readBody(this, exchange);
      }
    } catch (RuntimeException | Error failure) {
      fail(failure);
    }
  }

  void bodyRead(byte[] bytes) {
    body = bytes;
    if (route != null) {
      follow(route);
    }
  }

  private void follow(Route to) {
    if (!to.waits()) {
      act(to);
      return;
    }
    try {
      door.offload().run(() -> act(to));
    } catch (RejectedExecutionException full) {
      fail(
          RelayException.of(ErrorCode.OVERLOADED, "too many requests wait for the database already")
              .remedy("repeat after the seconds in Retry-After")
              .build());
    }
  }

  private void act(Route to) {
    try {
      to.action().accept(this);
    } catch (RuntimeException | Error failure) {
      fail(failure);
    }
  }

  /** The path as it came, percent-coded. From any thread. */
  public String path() {
    return exchange.getRequestPath();
  }

  /** The path's parameter, decoded; from 0. From any thread. */
  public String parameter(int index) {
    return parameters.get(index);
  }

  /** The query as it came, without its question mark. From any thread. */
  public String queryText() {
    return exchange.getQueryString();
  }

  /** The query, parsed anew. From any thread. */
  public Query query() {
    return Query.parse(exchange.getQueryString());
  }

  /** A header's first value. From any thread until the call is answered. */
  public @Nullable String header(HttpString name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  /** All headers. From any thread until the call is answered. */
  public HeaderMap headers() {
    return exchange.getRequestHeaders();
  }

  /** The first value of each header. From any thread until the call is answered. */
  public Map<String, String> firstHeaders() {
    Map<String, String> first = new HashMap<>();
    headers().forEach(each -> first.put(each.getHeaderName().toString(), each.getFirst()));
    return first;
  }

  /** The content type without parameters, in lower case; empty where there is none. */
  public String mediaType() {
    String contentType = header(Headers.CONTENT_TYPE);
    return contentType == null ? "" : MediaTypes.type(contentType);
  }

  /** The whole body. From any thread. */
  public byte[] body() {
    return body;
  }

  /** Whether only the headers of the answer will be sent. */
  public boolean head() {
    return exchange.getRequestMethod().equals(Methods.HEAD);
  }

  /** Answers; from any thread. Only the first answer counts. */
  public void answer(Answer answer) {
    if (onIoThread()) {
      send(answer);
    } else {
      outbox.put(() -> send(answer));
    }
  }

  /**
   * Answers with what is rendered on the I/O thread: for whoever completes many calls at once and
   * has no time to write JSON. From any thread.
   */
  public void answer(Supplier<Answer> rendering) {
    if (onIoThread()) {
      render(rendering);
    } else {
      outbox.put(() -> render(rendering));
    }
  }

  /** Answers with the problem that a failure is; from any thread. */
  public void fail(Throwable failure) {
    answer(() -> Answer.problem(Problem.of(failure), path()));
  }

  /**
   * Turns the answer into a stream of bytes without end. I/O thread or action, once, unanswered.
   */
  public ByteStream stream(String contentType) {
    return new ByteStream(this, exchange, outbox, contentType);
  }

  /** From here on this is no request being worked on any more, but an open stream. I/O thread. */
  void becomesStream() {
    answered = true;
    uncount();
  }

  void owes(int bytes) {
    owedBytes += bytes;
  }

  Outbox outbox() {
    return outbox;
  }

  private boolean onIoThread() {
    return Thread.currentThread() == outbox.thread();
  }

  private void render(Supplier<Answer> rendering) {
    Answer answer;
    try {
      answer = rendering.get();
    } catch (RuntimeException | Error failure) {
      answer = Answer.problem(Problem.of(failure), path());
    }
    send(answer);
  }

  private void send(Answer answer) {
    if (answered) {
      return;
    }
    answered = true;
    exchange.setStatusCode(answer.status());
    HeaderMap headers = exchange.getResponseHeaders();
    if (!answer.contentType().isEmpty()) {
      headers.put(Headers.CONTENT_TYPE, answer.contentType());
    }
    for (Answer.Header header : answer.headers()) {
      headers.put(header.name(), header.value());
    }
    boolean unread = !exchange.isRequestComplete();
    if (unread && !soonRead() || door.draining()) {
      exchange.setPersistent(false);
    }
    if (answer.body().length == 0) {
      exchange.endExchange();
    } else {
      exchange.setResponseContentLength(answer.body().length);
      exchange.getResponseSender().send(ByteBuffer.wrap(answer.body()));
    }
    if (!exchange.isComplete()) {
      cutAfter(unread ? LINGER : door.limits().answerTimeout());
    }
  }

  /** Whether what wasn't read is so little that reading it costs less than a new connection. */
  private boolean soonRead() {
    long announced = exchange.getRequestContentLength();
    return announced >= 0 && announced <= SMALL_BYTES;
  }

  private void cutAfter(Duration time) {
    deadline =
        outbox
            .thread()
            .executeAfter(
                () -> {
                  IoUtils.safeClose(exchange.getConnection());
                  exchange.endExchange();
                },
                time.toMillis(),
                TimeUnit.MILLISECONDS);
  }

  @Override
  public void exchangeEvent(HttpServerExchange done, NextListener next) {
    if (deadline != null) {
      deadline.remove();
    }
    if (counted) {
      door.metrics().record(route, done.getStatusCode(), System.nanoTime() - startedNanos);
    }
    uncount();
    next.proceed();
  }

  private void uncount() {
    if (counted) {
      counted = false;
      door.leave(owedBytes);
    }
  }
}
