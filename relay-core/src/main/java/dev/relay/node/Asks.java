package dev.relay.node;

import dev.relay.catalog.Catalog;
import dev.relay.definition.Dependency;
import dev.relay.turn.Asking;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** The asks of this node's handlers, which go the way of every other message. Thread-safe. */
final class Asks {
  private final Function<SendRequest, CompletableFuture<Receipt>> bus;
  private final Breakers breakers;
  private final Supplier<Catalog> catalogs;

  /**
   * @param bus sends a message and answers within its timeout
   */
  Asks(
      Function<SendRequest, CompletableFuture<Receipt>> bus,
      Breakers breakers,
      Supplier<Catalog> catalogs) {
    this.bus = bus;
    this.breakers = breakers;
    this.catalogs = catalogs;
  }

  /** Carries the asks of one run of this work's turn. */
  Asking of(Work work) {
    return new TurnAsks(this, work);
  }

  CompletableFuture<Receipt> send(SendRequest request) {
    return bus.apply(request);
  }

  /** What an actor's asks to a dependency go through. */
  Breaker breaker(String asker, Dependency dependency) {
    return breakers.of(asker, dependency);
  }

  Catalog catalog() {
    return catalogs.get();
  }
}
