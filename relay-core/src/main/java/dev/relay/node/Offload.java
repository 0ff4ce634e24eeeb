package dev.relay.node;

import dev.relay.catalog.Catalog;
import dev.relay.turn.TurnInput;
import dev.relay.turn.TurnOutcome;
import dev.relay.turn.TurnRunner;
import java.time.InstantSource;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs handlers that may wait away from the lanes. Thread-safe. */
final class Offload implements AutoCloseable {
  private final HandlerThreads threads = HandlerThreads.ofThisJvm();
  private final TurnRunner runner;
  private final Asks asks;
  private final Supplier<Catalog> catalogs;
  private final InstantSource clock;

  Offload(TurnRunner runner, Asks asks, Supplier<Catalog> catalogs, InstantSource clock) {
    this.runner = runner;
    this.asks = asks;
    this.catalogs = catalogs;
    this.clock = clock;
  }

  /** Runs the work's handler from the state the chain ended with, and hands the outcome back. */
  void run(Work work, Chain chain, Consumer<Work> back) {
    long version = chain.version();
    TurnInput input =
        new TurnInput(
            chain.address(),
            work.message(),
            chain.state(),
            clock.instant(),
            catalogs.get(),
            asks.of(work),
            work.replyTo());
    try {
      threads.execute(
          depth(work),
          () ->
              back.accept(new Work.Finished(work, version, runner.run(chain.behaviour(), input))));
    } catch (RejectedExecutionException stopping) {
      back.accept(new Work.Finished(work, version, new TurnOutcome.Failed(stopping)));
    }
  }

  @Override
  public void close() {
    threads.close();
  }

  /** How many other turns wait for this one. */
  private static int depth(Work work) {
    return work instanceof Work.Ask ask ? ask.caller().instances().size() : 0;
  }
}
