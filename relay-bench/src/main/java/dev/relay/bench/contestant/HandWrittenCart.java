package dev.relay.bench.contestant;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The cart of the hand-written service, and the request that adds to it. */
record HandWrittenCart(List<Item> items, BigDecimal total) {
  static final HandWrittenCart EMPTY = new HandWrittenCart(List.of(), BigDecimal.ZERO);

  private static final int MOST_PIECES = 100;

  record Item(String productId, String name, int quantity, BigDecimal price) {
    BigDecimal sum() {
      return price.multiply(BigDecimal.valueOf(quantity));
    }
  }

  record AddToCart(String userId, String productId, int quantity, BigDecimal price, String name) {}

  record Request(@JsonProperty("event_type") String eventType, AddToCart payload) {
    void check() {
      require("ADD_TO_CART".equals(eventType), "event_type must be ADD_TO_CART");
      require(payload != null, "payload is missing");
      require(payload.userId() != null, "userId is missing");
      require(payload.productId() != null, "productId is missing");
      require(payload.name() != null, "name is missing");
      require(
          payload.quantity() >= 1 && payload.quantity() <= MOST_PIECES,
          "quantity must be 1 to 100");
      require(payload.price() != null && payload.price().signum() >= 0, "price must be 0 or more");
    }

    private static void require(boolean holds, String otherwise) {
      if (!holds) {
        throw new IllegalArgumentException(otherwise);
      }
    }
  }

  /** This cart with the pieces added, in the line of the same product where there is one. */
  HandWrittenCart with(AddToCart added) {
    List<Item> lines = new ArrayList<>(items);
    int pieces = added.quantity();
    int at = 0;
    while (at < lines.size() && !lines.get(at).productId().equals(added.productId())) {
      at++;
    }
    if (at < lines.size()) {
      pieces += lines.remove(at).quantity();
    }
    lines.add(at, new Item(added.productId(), added.name(), pieces, added.price()));
    BigDecimal total = lines.stream().map(Item::sum).reduce(BigDecimal.ZERO, BigDecimal::add);
    return new HandWrittenCart(lines, Objects.requireNonNull(total));
  }
}
