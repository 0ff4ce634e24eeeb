package shop.analytics;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * How often each event happened, with how many pieces and how much money. It follows from the
 * events alone, in whatever order they come. Immutable.
 *
 * @param counts by event
 * @param pieces by event, where it speaks of pieces
 * @param amounts by event and currency, where it speaks of money: euros and dollars don't add up
 */
record Numbers(
    Map<String, Long> counts,
    Map<String, Long> pieces,
    Map<String, Map<String, BigDecimal>> amounts) {
  static final Numbers NONE = new Numbers(Map.of(), Map.of(), Map.of());

  /** Names of an app's own making are counted by themselves up to here, later ones together. */
  private static final int MOST_NAMES = 200;

  private static final String OTHERS = "OTHERS";

  Numbers {
    counts = sorted(counts);
    pieces = sorted(pieces);
    amounts = sorted(amounts);
  }

  /** What one event adds to these. */
  Numbers with(String event, JsonNode payload) {
    boolean known = counts.containsKey(event) || counts.size() < MOST_NAMES;
    String name = known ? event : OTHERS;
    long quantity = payload.path("quantity").asLong(0);
    String currency = payload.path("currency").asString("");
    Map<String, BigDecimal> money =
        currency.isEmpty() ? Map.of() : Map.of(currency, amount(payload));
    return plus(
        new Numbers(
            Map.of(name, 1L),
            quantity == 0 ? Map.of() : Map.of(name, quantity),
            money.isEmpty() ? Map.of() : Map.of(name, money)));
  }

  Numbers plus(Numbers other) {
    return new Numbers(
        sum(counts, other.counts, Long::sum),
        sum(pieces, other.pieces, Long::sum),
        sum(amounts, other.amounts, (one, two) -> sum(one, two, BigDecimal::add)));
  }

  long count(String event) {
    return counts.getOrDefault(event, 0L);
  }

  /** The money that the event speaks of, by currency. */
  Map<String, BigDecimal> amount(String event) {
    return amounts.getOrDefault(event, Map.of());
  }

  /** The first of these that the event has: an amount, a total, a price of its pieces. */
  private static BigDecimal amount(JsonNode payload) {
    for (String field : List.of("amount", "total")) {
      if (payload.path(field).isNumber()) {
        return payload.path(field).decimalValue();
      }
    }
    BigDecimal price = payload.path("price").decimalValue(BigDecimal.ZERO);
    return price.multiply(BigDecimal.valueOf(payload.path("quantity").asLong(1)));
  }

  private static <V> Map<String, V> sum(
      Map<String, V> one, Map<String, V> other, BinaryOperator<V> add) {
    if (other.isEmpty()) {
      return one;
    }
    Map<String, V> sum = new TreeMap<>(one);
    other.forEach((name, value) -> sum.merge(name, value, add));
    return sum;
  }

  private static <V> Map<String, V> sorted(Map<String, V> map) {
    return Collections.unmodifiableMap(new TreeMap<>(map));
  }
}
