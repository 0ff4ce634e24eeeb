package dev.relay.node;

import dev.relay.catalog.Catalog;
import dev.relay.turn.Asking;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** The asks of this node's handlers, which go the way of every other message. Thread-safe. */
final class Asks {
  private final Function<SendRequest, CompletableFuture<Receipt>> bus;
  private final Supplier<Catalog> catalogs;

  /**
   * @param bus sends a message and answers within its timeout
   */
  Asks(Function<SendRequest, CompletableFuture<Receipt>> bus, Supplier<Catalog> catalogs) {
    this.bus = bus;
    this.catalogs = catalogs;
  }

  /** Carries the asks of one run of this work's turn. */
  Asking of(Work work) {
    return new TurnAsks(this, work);
  }

  CompletableFuture<Receipt> send(SendRequest request) {
    return bus.apply(request);
  }

  Catalog catalog() {
    return catalogs.get();
  }
}
