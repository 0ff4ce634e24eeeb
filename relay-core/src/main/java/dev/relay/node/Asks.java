package dev.relay.node;

import dev.relay.actor.PastMessage;
import dev.relay.catalog.Catalog;
import dev.relay.definition.Dependency;
import dev.relay.failure.RelayException;
import dev.relay.message.ActorAddress;
import dev.relay.store.TurnStore;
import dev.relay.turn.Asking;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What this node's waiting handlers ask: other actors, which goes the way of every other message,
 * and the journal. Thread-safe.
 */
final class Asks {
  private final Function<SendRequest, CompletableFuture<Receipt>> bus;
  private final Breakers breakers;
  private final TurnStore store;
  private final Crossings crossings = new Crossings();
  private final Supplier<Catalog> catalogs;

  /**
   * @param bus sends a message and answers within its timeout
   */
  Asks(
      Function<SendRequest, CompletableFuture<Receipt>> bus,
      Breakers breakers,
      TurnStore store,
      Supplier<Catalog> catalogs) {
    this.bus = bus;
    this.breakers = breakers;
    this.store = store;
    this.catalogs = catalogs;
  }

  /** Carries the asks of one run of this work's turn. */
  Asking of(Work work) {
    return new TurnAsks(this, work);
  }

  /**
   * Sends an ask.
   *
   * @param asked the instance that answers; absent where the payload names none
   * @throws RelayException {@link dev.relay.failure.ErrorCode#ASK_CROSSING}
   */
  CompletableFuture<Receipt> send(SendRequest request, @Nullable ActorAddress asked) {
    Asker asker = request.asker();
    if (asker == null || asked == null || asker.waiting().contains(asked)) {
      return bus.apply(request);
    }
    crossings.start(asker.self(), asked);
    // ends with the answer, not when the handler hears of it: then the other may ask back
    return bus.apply(request).whenComplete((receipt, failure) -> crossings.end(asker.self()));
  }

  /** What an actor's asks to a dependency go through. */
  Breaker breaker(String asker, Dependency dependency) {
    return breakers.of(asker, dependency);
  }

  /** What an instance has taken. Blocks on the store. */
  List<PastMessage> history(ActorAddress instance, long after, int limit) {
    return store.past(instance, after, limit).stream()
        .map(turn -> new PastMessage(turn.version(), turn.message()))
        .toList();
  }

  Catalog catalog() {
    return catalogs.get();
  }
}
