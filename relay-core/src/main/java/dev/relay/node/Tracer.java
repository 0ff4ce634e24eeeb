package dev.relay.node;

import dev.relay.catalog.Catalog;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.Message;
import dev.relay.message.MessageId;
import dev.relay.route.Router;
import dev.relay.store.DeliveryFate;
import dev.relay.store.ExpectedDelivery;
import dev.relay.store.History;
import dev.relay.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** Follows messages to what became of them. Thread-safe. */
public final class Tracer {
  private final History history;
  private final Supplier<Catalog> catalogs;
  private final InstantSource clock;
  private final Router router = new Router(MessageId::mint);

  /**
   * @param catalogs the current snapshot, which says who receives
   */
  public Tracer(History history, Supplier<Catalog> catalogs, InstantSource clock) {
    this.history = history;
    this.catalogs = catalogs;
    this.clock = clock;
  }

  /** The deliveries that a published event owes, by the catalog of now; never blocks. */
  public List<ExpectedDelivery> expected(Message event) {
    return router.receivers(catalogs.get(), event).stream()
        .map(
            owed ->
                new ExpectedDelivery(
                    event.id().value(), owed.actor(), owed.key(), event.headers().time()))
        .toList();
  }

  /** What is known of these deliveries now; the others are left out. Blocks on Postgres. */
  public List<DeliveryFate> fates(List<ExpectedDelivery> deliveries) {
    return history.fates(deliveries);
  }

  /**
   * All that one request caused: who received what, how long it took, what is still owed and what
   * is dead. Blocks on Postgres.
   *
   * @param id a message's id, a correlation id, or the id that a request was sent with
   * @param within how much time is looked through at most, from the request on; for a correlation
   *     id of one's own, which carries no time, back from now
   * @throws RelayException {@code UNKNOWN_MESSAGE} where nothing is found, {@code TIMED_OUT} where
   *     the search takes too long, {@code DATABASE_UNREACHABLE}
   */
  public Trace trace(String id, Duration within) {
    try {
      return new TraceSearch(history, this::expected, within, clock.instant()).find(id);
    } catch (StoreException failure) {
      boolean slow = String.valueOf(failure.getMessage()).contains("canceling statement");
      throw RelayException.of(
              slow ? ErrorCode.TIMED_OUT : ErrorCode.DATABASE_UNREACHABLE,
              slow
                  ? "too much happened in that time to be looked through for " + id
                  : "the journal can't be read: " + failure.getMessage())
          .remedy(slow ? "name a message id, which carries its time, or a shorter time" : null)
          .cause(failure)
          .build();
    }
  }
}
