package shoppers;

import java.math.BigDecimal;
import java.util.Map;

/**
 * An order that the shop has acknowledged as paid, as the shopper remembers it.
 *
 * @param pieces how many of each product, by its id
 * @param total what was paid, in euros
 */
record Bought(
    String orderId, String userId, Map<String, Integer> pieces, BigDecimal total, Fate fate) {
  Bought {
    pieces = Map.copyOf(pieces);
  }

  Bought as(Fate changed) {
    return new Bought(orderId, userId, pieces, total, changed);
  }
}
