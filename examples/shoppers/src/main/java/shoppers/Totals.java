package shoppers;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Figures of the whole shop: comparable where nobody else shops in it.
 *
 * @param metrics business metrics, by {@code actor metric} and labels
 * @param deadLetters deliveries that were given up
 */
record Totals(Map<String, BigDecimal> metrics, long deadLetters) {
  static Totals of(Shop shop) {
    Map<String, BigDecimal> metrics = new TreeMap<>();
    for (JsonNode sample : shop.get("/api/metrics").body().path("business")) {
      String name = sample.path("metric").asString("");
      metrics.merge(name, Found.amount(sample, "value"), BigDecimal::add);
    }
    long dead = shop.get("/api/dead-letters?limit=1").body().path("total").asLong(0);
    return new Totals(metrics, dead);
  }

  /** Compares how much they grew with what the orders say. */
  List<Check> since(Totals before, Found found) {
    BigDecimal captured = new BigDecimal("0.00");
    BigDecimal refunded = new BigDecimal("0.00");
    for (String orderId : found.orders().keySet()) {
      captured = captured.add(found.captured(orderId));
      refunded = refunded.add(found.refunded(orderId));
    }
    List<Check> checks = new ArrayList<>();
    checks.add(metric("revenue", captured, before));
    checks.add(metric("refunds", refunded, before));
    checks.add(metric("orders_created", BigDecimal.valueOf(found.orders().size()), before));
    checks.add(
        check(
            "dead letters", BigDecimal.ZERO, BigDecimal.valueOf(deadLetters - before.deadLetters)));
    return checks;
  }

  private Check metric(String name, BigDecimal expected, Totals before) {
    BigDecimal grown = value(name).subtract(before.value(name));
    return check("metric " + name, expected, grown);
  }

  private BigDecimal value(String name) {
    return metrics.getOrDefault(name, BigDecimal.ZERO);
  }

  private static Check check(String name, BigDecimal expected, BigDecimal found) {
    String wanted = expected.toPlainString();
    String there = found.toPlainString();
    List<Difference> differences =
        expected.compareTo(found) == 0 ? List.of() : List.of(new Difference(name, wanted, there));
    return new Check(name, wanted, there, differences);
  }
}
