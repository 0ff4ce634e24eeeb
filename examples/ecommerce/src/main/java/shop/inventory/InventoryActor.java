package shop.inventory;

import dev.relay.actor.Handles;
import dev.relay.actor.RelayActor;
import dev.relay.actor.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import shop.inventory.Inventory.Ended;
import shop.inventory.Inventory.Held;
import shop.inventory.InventoryCommand.ItemAdded;
import shop.inventory.InventoryCommand.OfOrder;
import shop.inventory.InventoryCommand.ReleaseStock;
import shop.inventory.InventoryCommand.ReserveStock;
import shop.inventory.InventoryCommand.SetPrice;
import shop.inventory.InventoryCommand.SetThreshold;
import shop.inventory.InventoryCommand.UpdateStock;
import shop.inventory.InventoryEvent.LowStock;
import shop.inventory.InventoryEvent.Priced;
import shop.inventory.InventoryEvent.ReservationConfirmed;
import shop.inventory.InventoryEvent.StockFreed;
import shop.inventory.InventoryEvent.StockInsufficient;
import shop.inventory.InventoryEvent.StockReserved;
import shop.inventory.InventoryEvent.StockUpdated;
import shop.inventory.InventoryEvent.Threshold;
import shop.inventory.Reservation.Status;

/**
 * How many pieces of a product the shop has, and for whom. Nothing is sold twice: turns of one
 * product come one after the other, and none leaves less than nothing available.
 */
public final class InventoryActor extends RelayActor<Inventory> {
  /** Longer than a checkout may take (15 minutes), so that nothing expires while it is paid. */
  private static final Duration HOLD = Duration.ofMinutes(20);

  @Handles("UPDATE_STOCK")
  void update(UpdateStock command, Turn<Inventory> turn) {
    Inventory before = inventory(turn);
    Integer change = command.change();
    long counted =
        change == null
            ? Objects.requireNonNull(command.stock(), "the rule has seen to it")
            : (long) before.stock() + change;
    if (counted < before.reserved()) {
      throw turn.refuse(
          "STOCK_BELOW_RESERVED",
          "%d in stock and %d of them held for orders: there can't be %d"
              .formatted(before.stock(), before.reserved(), counted));
    }
    Inventory after = changed(before, before.withStock(Math.toIntExact(counted)), turn);
    turn.emit("STOCK_UPDATED", new StockUpdated(product(turn), after.stock(), after.available()));
  }

  @Handles("RESERVE_STOCK")
  Reservation reserve(ReserveStock command, Turn<Inventory> turn) {
    Inventory before = inventory(turn);
    String orderId = command.orderId();
    Reservation known = Reservation.of(product(turn), orderId, before);
    if (known.status() != Status.NONE) {
      return known;
    }
    if (before.available() < command.quantity()) {
      return insufficient(command, before, turn);
    }
    Held held = new Held(command.quantity(), expiry(command, turn), turn.now());
    Inventory after = changed(before, before.holding(orderId, held), turn);
    turn.sendAt(
        held.expiresAt(),
        "EXPIRE_RESERVATION",
        Map.of("productId", product(turn), "orderId", orderId),
        timer(orderId));
    turn.emit(
        "STOCK_RESERVED",
        new StockReserved(
            product(turn), orderId, command.userId(), held.quantity(), held.expiresAt()));
    return Reservation.of(product(turn), orderId, after);
  }

  @Handles("CONFIRM_RESERVATION")
  Reservation confirm(OfOrder command, Turn<Inventory> turn) {
    Inventory before = inventory(turn);
    String orderId = command.orderId();
    Reservation known = Reservation.of(product(turn), orderId, before);
    if (known.status() == Status.CONFIRMED) {
      return known;
    }
    if (known.status() != Status.RESERVED) {
      throw turn.refuse("NOT_RESERVED", "nothing is held for order " + orderId);
    }
    Instant sent = turn.message().headers().time();
    if (before.held(orderId).filter(held -> held.isNewerThan(sent)).isPresent()) {
      throw turn.refuse("NOT_RESERVED", "this was sent before order " + orderId + " held anything");
    }
    Inventory after =
        turn.become(
            before
                .without(orderId)
                .withStock(before.stock() - known.quantity())
                .remembering(new Ended(orderId, Status.CONFIRMED, known.quantity())));
    turn.cancel(timer(orderId));
    turn.emit(
        "RESERVATION_CONFIRMED",
        new ReservationConfirmed(product(turn), orderId, known.quantity(), after.stock()));
    return Reservation.of(product(turn), orderId, after);
  }

  /** Remembers the release of what was never held, too: what is late must not be held for ever. */
  @Handles("RELEASE_STOCK")
  Reservation release(ReleaseStock command, Turn<Inventory> turn) {
    Inventory before = inventory(turn);
    String orderId = command.orderId();
    Reservation known = Reservation.of(product(turn), orderId, before);
    if (known.status() == Status.RELEASED) {
      return known;
    }
    int sold = known.status() == Status.CONFIRMED ? known.quantity() : sold(command, known);
    int quantity = sold + before.held(orderId).map(Held::quantity).orElse(0);
    Inventory after =
        turn.become(
            before
                .without(orderId)
                .withStock(before.stock() + sold)
                .remembering(new Ended(orderId, Status.RELEASED, quantity)));
    turn.cancel(timer(orderId));
    if (quantity > 0) {
      turn.emit("STOCK_RELEASED", freed(orderId, quantity, after, turn));
    }
    return Reservation.of(product(turn), orderId, after);
  }

  @Handles("EXPIRE_RESERVATION")
  void expire(OfOrder command, Turn<Inventory> turn) {
    Inventory before = inventory(turn);
    Held held = before.held(command.orderId()).orElse(null);
    if (held == null || held.expiresAt().isAfter(turn.now())) {
      return;
    }
    Inventory after = turn.become(before.without(command.orderId()));
    turn.emit("RESERVATION_EXPIRED", freed(command.orderId(), held.quantity(), after, turn));
  }

  @Handles("SET_PRICE")
  Priced price(SetPrice command, Turn<Inventory> turn) {
    turn.become(inventory(turn).withPrice(command.price(), command.currency()));
    return new Priced(product(turn), command.price().setScale(2), command.currency());
  }

  @Handles("SET_LOW_STOCK_THRESHOLD")
  Threshold threshold(SetThreshold command, Turn<Inventory> turn) {
    Inventory before = inventory(turn);
    changed(before, before.withThreshold(command.threshold()), turn);
    return new Threshold(product(turn), command.threshold());
  }

  @Handles("ITEM_ADDED_TO_CART")
  void added(ItemAdded event, Turn<Inventory> turn) {
    turn.become(inventory(turn).addedToCarts(event.quantity()));
  }

  @Handles("GET_RESERVATION")
  Reservation reservation(OfOrder query, Turn<Inventory> turn) {
    return Reservation.of(product(turn), query.orderId(), inventory(turn));
  }

  private static Reservation insufficient(
      ReserveStock command, Inventory inventory, Turn<Inventory> turn) {
    int available = inventory.available();
    turn.emit(
        "STOCK_INSUFFICIENT",
        new StockInsufficient(
            product(turn), command.orderId(), command.userId(), command.quantity(), available));
    return new Reservation(
        product(turn), command.orderId(), Status.INSUFFICIENT, 0, available, null);
  }

  /** Becomes what comes after, and says so where that has just become too little. */
  private static Inventory changed(Inventory before, Inventory after, Turn<Inventory> turn) {
    if (after.low() && !before.low()) {
      turn.emit(
          "LOW_STOCK_ALERT",
          new LowStock(product(turn), after.available(), after.lowStockThreshold()));
    }
    return turn.become(after);
  }

  private static StockFreed freed(
      String orderId, int quantity, Inventory after, Turn<Inventory> turn) {
    return new StockFreed(product(turn), orderId, quantity, after.available());
  }

  private static int sold(ReleaseStock command, Reservation known) {
    Integer sold = command.sold();
    return sold == null || known.status() == Status.RESERVED ? 0 : sold;
  }

  /** Counted from when it was sent: what comes again hours later holds nothing. */
  private static Instant expiry(ReserveStock command, Turn<Inventory> turn) {
    Integer seconds = command.holdSeconds();
    Duration hold = seconds == null ? HOLD : Duration.ofSeconds(seconds);
    Instant expiry = turn.message().headers().time().plus(hold);
    if (expiry.isAfter(turn.now())) {
      return expiry;
    }
    throw turn.refuse("TOO_LATE", "what was to be held until " + expiry + " is asked for too late");
  }

  private static String timer(String orderId) {
    return "reservation " + orderId;
  }

  private static String product(Turn<Inventory> turn) {
    return turn.self().key();
  }

  private static Inventory inventory(Turn<Inventory> turn) {
    return turn.state().orElse(Inventory.EMPTY);
  }
}
