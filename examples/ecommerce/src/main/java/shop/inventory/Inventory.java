package shop.inventory;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the shop has of one product. What is reserved and available is computed, never kept: it
 * can't disagree with the reservations. Immutable.
 *
 * @param stock pieces on the shelves, those that are held included
 * @param reservations what is held, by order; all of it together is at most the stock
 * @param ended the last {@link #REMEMBERED} reservations that were confirmed or released
 * @param price of one piece, with two decimals; absent until somebody sets it
 */
public record Inventory(
    int stock,
    int addedToCarts,
    Map<String, Held> reservations,
    List<Ended> ended,
    int lowStockThreshold,
    @Nullable BigDecimal price,
    @Nullable String currency) {
  /** Enough for doubles that come soon after, and few enough to be written with every turn. */
  private static final int REMEMBERED = 16;

  static final Inventory EMPTY = new Inventory(0, 0, Map.of(), List.of(), 0, null, null);

  /**
   * Pieces that nobody else gets until the order confirms or releases them, or lets them expire.
   */
  public record Held(int quantity, Instant expiresAt, @Nullable Instant since) {
    /** Whether something was sent before this was held: it can't be about this. */
    boolean isNewerThan(Instant sent) {
      return since != null && sent.isBefore(since);
    }
  }

  /** How a reservation ended. */
  public record Ended(String orderId, Reservation.Status status, int quantity) {}

  public Inventory {
    reservations = Map.copyOf(reservations);
    ended = List.copyOf(ended);
    price = price == null ? null : price.setScale(2); // the schema has refused a third decimal
  }

  /** Pieces that are held for orders. */
  @JsonProperty
  public int reserved() {
    return reservations.values().stream().mapToInt(Held::quantity).sum();
  }

  /** Pieces that can be had. */
  @JsonProperty
  public int available() {
    return stock - reserved();
  }

  boolean low() {
    return available() <= lowStockThreshold;
  }

  Optional<Held> held(String orderId) {
    return Optional.ofNullable(reservations.get(orderId));
  }

  Optional<Ended> ended(String orderId) {
    return ended.stream().filter(one -> one.orderId().equals(orderId)).findFirst();
  }

  Inventory holding(String orderId, Held held) {
    Map<String, Held> more = new LinkedHashMap<>(reservations);
    more.put(orderId, held);
    return with(stock, more, ended);
  }

  /** Without what was held for the order; the pieces stay on the shelves. */
  Inventory without(String orderId) {
    Map<String, Held> fewer = new LinkedHashMap<>(reservations);
    fewer.remove(orderId);
    return with(stock, fewer, ended);
  }

  Inventory remembering(Ended end) {
    List<Ended> all = new ArrayList<>(ended);
    all.removeIf(one -> one.orderId().equals(end.orderId()));
    all.add(end);
    return with(stock, reservations, all.subList(Math.max(0, all.size() - REMEMBERED), all.size()));
  }

  Inventory withStock(int counted) {
    return with(counted, reservations, ended);
  }

  Inventory addedToCarts(int more) {
    return new Inventory(
        stock, addedToCarts + more, reservations, ended, lowStockThreshold, price, currency);
  }

  Inventory withPrice(BigDecimal newPrice, String newCurrency) {
    return new Inventory(
        stock, addedToCarts, reservations, ended, lowStockThreshold, newPrice, newCurrency);
  }

  Inventory withThreshold(int threshold) {
    return new Inventory(stock, addedToCarts, reservations, ended, threshold, price, currency);
  }

  private Inventory with(int newStock, Map<String, Held> held, List<Ended> past) {
    return new Inventory(newStock, addedToCarts, held, past, lowStockThreshold, price, currency);
  }
}
