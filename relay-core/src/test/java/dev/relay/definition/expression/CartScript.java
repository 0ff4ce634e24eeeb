package dev.relay.definition.expression;

import dev.relay.message.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The cart as expressions: add an item, merging by product, and recompute the total. */
final class CartScript {
  static final Instant NOW = Instant.parse("2026-11-01T10:15:30Z");

  static final String STATE =
      """
      ( $items := $payload.productId in items.productId
          ? items.(productId = $payload.productId
                   ? $merge([$, { "quantity": quantity + $payload.quantity }]) : $)
          : $append(items, $sift($payload, function($v, $k) { $k != "userId" }));
        { "items": [$items], "total": $round($sum($items.(price * quantity)), 2) } )
      """;

  static final ScriptText TEXT =
      new ScriptText(
          List.of(
              new ScriptText.Refusal(
                  "$count(items) >= 50 and $not($payload.productId in items.productId)",
                  "CART_FULL",
                  "\"at most 50 lines, has \" & $count(items)")),
          STATE,
          List.of(
              new ScriptText.Emit(
                  "ITEM_ADDED_TO_CART",
                  "{ \"userId\": $payload.userId, \"productId\": $payload.productId,"
                      + " \"total\": $state.total }",
                  null)),
          "$state");

  private CartScript() {}

  static JsonNode json(String text) {
    return Json.mapper().readTree(text.replace('\'', '"'));
  }

  static JsonNode add(String product, int quantity, String price) {
    return json(
        "{'userId':'user123','productId':'"
            + product
            + "','quantity':"
            + quantity
            + ",'price':"
            + price
            + ",'name':'Example'}");
  }

  static Script.Input input(@Nullable JsonNode state, JsonNode payload) {
    return new Script.Input(state, payload, "user123", NOW);
  }
}
