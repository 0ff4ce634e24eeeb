package dev.relay.bench.contestant;

import dev.relay.actor.Handles;
import dev.relay.actor.RelayActor;
import dev.relay.actor.Turn;

/** Counts what orders take of a product; never runs out, so that every turn does the same. */
final class StockActor extends RelayActor<StockActor.Stock> {
  record Stock(long reserved, long orders) {}

  record Reserve(String productId, String orderId, int quantity) {}

  @Handles("RESERVE_STOCK")
  Stock reserve(Reserve command, Turn<Stock> turn) {
    Stock before = turn.state().orElse(new Stock(0, 0));
    turn.emit("STOCK_RESERVED", command);
    return turn.become(new Stock(before.reserved() + command.quantity(), before.orders() + 1));
  }
}
