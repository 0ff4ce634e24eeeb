package dev.relay.definition;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;

/** Definitions for tests. */
final class Definitions {
  /** The cart of the design page, written with expressions instead of a class. */
  static final String CART =
      """
      actor:
        name: cart
        description: Shopping cart
        version: 1.0.0
        key: userId

        types:
          CartItem: { productId: string, name: string, quantity: integer, price: money }
        state:
          items: array<CartItem>
          total: money

        handles:
          ADD_TO_CART:
            description: Add an item, merging quantities
            pattern: ask
            payload: { userId: string, productId: string, quantity: integer, price: money, name: string }
            validates: [ quantity >= 1, quantity <= 100, price >= 0 ]
            emits: ITEM_ADDED_TO_CART
            returns: Cart
            do:
              fail:
                - { when: '$count(items) >= 50 and $not($payload.productId in items.productId)', code: CART_FULL,
                    message: '"at most 50 lines, has " & $count(items)' }
              state: |
                ( $items := $payload.productId in items.productId
                    ? items.(productId = $payload.productId
                             ? $merge([$, { "quantity": quantity + $payload.quantity }]) : $)
                    : $append(items, $sift($payload, function($v, $k) { $k != "userId" }));
                  { "items": [$items], "total": $round($sum($items.(price * quantity)), 2) } )
              emit:
                - { event: ITEM_ADDED_TO_CART, payload: '{ "userId": $payload.userId, "productId": $payload.productId, "total": $state.total }' }
              reply: $state
        queries:
          GET_CART: { payload: { userId: string }, returns: Cart, do: { reply: '{ "items": [items], "total": total ?: 0 }' } }
        subscribes:
          ORDER_CREATED: { key: userId, pattern: publish, do: { state: '{ "items": [], "total": 0 }' } }
        events:
          ITEM_ADDED_TO_CART:
            description: An item was added
            payload: { userId: string, productId: string, total: money }
            version: 1.1.0
        dependencies:
          inventory: { events: [CHECK_STOCK], pattern: ask, timeout: 5000, purpose: stock }
        retry: { attempts: 8, backoff: 200ms, max: 5m }
      """;

  private Definitions() {}

  static ActorDefinition read(String yaml) {
    return new ActorDefinitionReader().read("actor.yaml", yaml);
  }

  static List<Problem> problems(String yaml) {
    InvalidDefinitionException refused =
        catchThrowableOfType(InvalidDefinitionException.class, () -> read(yaml));
    return refused == null ? List.of() : refused.problems();
  }

  /** An actor with nothing but one handler, whose lines are given from line 5 on. */
  static String handler(String lines) {
    return """
        actor:
          name: thing
          key: id
          handles:
        """
        + lines.indent(4);
  }
}
