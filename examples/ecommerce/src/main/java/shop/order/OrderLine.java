package shop.order;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * So many pieces of one product. Immutable.
 *
 * @param price of one piece, with two decimals
 */
public record OrderLine(String productId, String name, int quantity, BigDecimal price) {
  public OrderLine {
    price = price.setScale(2);
  }

  BigDecimal total() {
    return price.multiply(BigDecimal.valueOf(quantity));
  }

  /** One line a product, so that its stock is asked once, for all of it; the first price counts. */
  static List<OrderLine> merged(List<OrderLine> lines) {
    Map<String, OrderLine> byProduct = new LinkedHashMap<>();
    for (OrderLine line : lines) {
      byProduct.merge(line.productId(), line, OrderLine::plus);
    }
    return new ArrayList<>(byProduct.values());
  }

  private OrderLine plus(OrderLine more) {
    return new OrderLine(productId, name, Math.addExact(quantity, more.quantity), price);
  }
}
