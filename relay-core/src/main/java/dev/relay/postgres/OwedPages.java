package dev.relay.postgres;

import dev.relay.message.ActorAddress;
import dev.relay.message.MessageJson;
import dev.relay.store.DeliveryRef;
import dev.relay.store.DeliveryStatus;
import dev.relay.store.StoredDelivery;
import dev.relay.store.TurnStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Sorts the rows of many partitions into a page for each. Used by one thread. */
final class OwedPages {
  private static final class OpenPage {
    private final List<StoredDelivery> deliveries = new ArrayList<>();
    private int rows;
    private String lastId = "";
  }

  private final List<TurnStore.Slice> slices;
  private final Predicate<String> wanted;
  private final List<OpenPage> pages = new ArrayList<>();

  OwedPages(List<TurnStore.Slice> slices, Predicate<String> wanted) {
    this.slices = slices;
    this.wanted = wanted;
    slices.forEach(slice -> pages.add(new OpenPage()));
  }

  void add(ResultSet row) throws SQLException {
    int position = row.getInt("position_") - 1;
    OpenPage page = pages.get(position);
    String id = row.getString("id_");
    page.rows++;
    page.lastId = id;
    if (wanted.test(id)) {
      page.deliveries.add(delivery(row, id, slices.get(position)));
    }
  }

  List<TurnStore.Page> toList() {
    return pages.stream()
        .map(page -> new TurnStore.Page(page.deliveries, page.rows, page.lastId))
        .toList();
  }

  private static StoredDelivery delivery(ResultSet row, String id, TurnStore.Slice slice)
      throws SQLException {
    DeliveryRef ref =
        new DeliveryRef(
            id,
            new ActorAddress(slice.actor(), row.getString("key_")),
            slice.partition(),
            DeliveryStatus.of(row.getString("status_")));
    return new StoredDelivery(
        ref,
        MessageJson.read(row.getString("message_")),
        row.getInt("attempt_"),
        row.getTimestamp("due_at_").toInstant(),
        row.getString("timer_"));
  }
}
