package dev.relay.server.http;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.xnio.XnioIoThread;

/**
 * Where every request enters: counts it, lets it in or sends it away, and knows when all have left.
 * Thread-safe.
 */
public final class FrontDoor implements HttpHandler, AutoCloseable {
  private final Router router;
  private final Limits limits;
  private final RequestMetrics metrics;
  private final BodyBudget budget;
  private final Offload offload = new Offload();
  private final AtomicInteger inside = new AtomicInteger();
  private final Object empty = new Object();
  private volatile boolean draining;

  // a map would be asked on every request; each I/O thread keeps its own outbox instead
  private final ThreadLocal<Outbox> outboxes =
      ThreadLocal.withInitial(() -> new Outbox((XnioIoThread) Thread.currentThread()));

  public FrontDoor(List<Route> routes, Limits limits, MeterRegistry registry) {
    this.router = new Router(routes);
    this.limits = limits;
    this.metrics = new RequestMetrics(registry, routes);
    this.budget = new BodyBudget(limits.maxBufferedBytes());
    Gauge.builder("relay.http.active", inside, AtomicInteger::get)
        .description("HTTP requests being worked on")
        .register(registry);
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    inside.incrementAndGet();
    Call call = new Call(exchange, this, outboxes.get());
    exchange.addExchangeCompleteListener(call);
    // on this same thread, but after Undertow has left its own call: only then may other threads
    // answer without a race
    exchange.dispatch(SameThreadExecutor.INSTANCE, call);
  }

  /** Sends new work away from now on; {@link Route#always()} routes are still answered. */
  public void drain() {
    draining = true;
  }

  /** Whether the server is on its way out. */
  public boolean draining() {
    return draining;
  }

  /** Waits until all requests have been answered; false where some weren't in time. */
  public boolean awaitEmpty(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    synchronized (empty) {
      while (inside.get() > 0) {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
          return false;
        }
        empty.wait(millis);
      }
      return true;
    }
  }

  @Override
  public void close() {
    offload.close();
  }

  void admit(Route route) {
    if (route.vital()) {
      return;
    }
    if (draining) {
      throw RelayException.of(ErrorCode.SHUTTING_DOWN, "the node is stopping and takes no new work")
          .remedy("repeat after the seconds in Retry-After")
          .build();
    }
    if (inside.get() > limits.maxRequests()) {
      throw RelayException.of(
              ErrorCode.OVERLOADED,
              "the node works on " + limits.maxRequests() + " requests already")
          .remedy("repeat after the seconds in Retry-After")
          .build();
    }
  }

  void leave(int owedBytes) {
    if (owedBytes > 0) {
      budget.giveBack(owedBytes);
    }
    if (inside.decrementAndGet() == 0 && draining) {
      synchronized (empty) {
        empty.notifyAll();
      }
    }
  }

  void readBody(Call call, HttpServerExchange exchange) {
    new BodyReader(call, exchange, limits, budget).start();
  }

  Router router() {
    return router;
  }

  Limits limits() {
    return limits;
  }

  RequestMetrics metrics() {
    return metrics;
  }

  Offload offload() {
    return offload;
  }
}
