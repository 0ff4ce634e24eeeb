package dev.relay.node;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts what becomes of one actor's messages. Thread-safe. */
final class ActorTally {
  /** Failures in a row after which an actor is called unhealthy; chosen, not measured. */
  private static final int UNHEALTHY_AFTER = 5;

  private final Counter done;
  private final Counter refused;
  private final Counter failed;
  private final Counter dead;
  private final LongAdder waiting = new LongAdder();
  private final AtomicInteger failuresInARow = new AtomicInteger();

  ActorTally(String actor, MeterRegistry registry) {
    this.done = outcome(actor, "done", registry);
    this.refused = outcome(actor, "refused", registry);
    this.failed = outcome(actor, "failed", registry);
    this.dead =
        Counter.builder("relay.dead.letters")
            .description("Deliveries that became dead letters")
            .tag("actor", actor)
            .register(registry);
    Gauge.builder("relay.mailbox.waiting", waiting, LongAdder::sum)
        .description("Messages in the actor's mailboxes")
        .tag("actor", actor)
        .register(registry);
  }

  void waiting(int change) {
    waiting.add(change);
  }

  void done() {
    done.increment();
    if (failuresInARow.get() != 0) {
      failuresInARow.set(0);
    }
  }

  void refused() {
    refused.increment();
  }

  void failed() {
    failed.increment();
    failuresInARow.incrementAndGet();
  }

  void dead() {
    dead.increment();
  }

  boolean healthy() {
    return failuresInARow.get() < UNHEALTHY_AFTER;
  }

  long waiting() {
    return waiting.sum();
  }

  long turns() {
    return (long) done.count();
  }

  long refusals() {
    return (long) refused.count();
  }

  long failures() {
    return (long) failed.count();
  }

  private static Counter outcome(String actor, String outcome, MeterRegistry registry) {
    return Counter.builder("relay.turns")
        .description("Turns by actor and outcome")
        .tag("actor", actor)
        .tag("outcome", outcome)
        .register(registry);
  }
}
