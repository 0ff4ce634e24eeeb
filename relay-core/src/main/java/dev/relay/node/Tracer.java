package dev.relay.node;

import dev.relay.catalog.Catalog;
import dev.relay.message.Message;
import dev.relay.message.MessageId;
import dev.relay.route.Router;
import dev.relay.store.DeliveryFate;
import dev.relay.store.ExpectedDelivery;
import dev.relay.store.History;
import java.util.List;
import java.util.function.Supplier;

/** Follows messages to what became of them. Thread-safe. */
public final class Tracer {
  private final History history;
  private final Supplier<Catalog> catalogs;
  private final Router router = new Router(MessageId::mint);

  /**
   * @param catalogs the current snapshot, which says who receives
   */
  public Tracer(History history, Supplier<Catalog> catalogs) {
    this.history = history;
    this.catalogs = catalogs;
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
}
