package shoppers;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What was taken is what shoppers paid, what went back is what they got, and the papers say so. */
final class MoneyCheck {
  private static final BigDecimal NOTHING = new BigDecimal("0.00");

  private MoneyCheck() {}

  static List<Check> of(Book book, Found found) {
    return List.of(
        perOrder("money: captured", book, Bought::total, found::captured),
        perOrder("money: refunded", book, MoneyCheck::givenBack, found::refunded),
        unpaid(book, found),
        perOrder("money: invoices", book, Bought::total, order -> invoiced(order, found)),
        perOrder(
            "money: credit notes", book, MoneyCheck::givenBack, order -> credited(order, found)));
  }

  private static BigDecimal givenBack(Bought order) {
    return order.fate().isUndone() ? order.total() : NOTHING;
  }

  private static Check perOrder(
      String name,
      Book book,
      Function<Bought, BigDecimal> expected,
      Function<String, BigDecimal> found) {
    List<Difference> differences = new ArrayList<>();
    BigDecimal wanted = NOTHING;
    BigDecimal there = NOTHING;
    for (Bought order : book.orders().values()) {
      BigDecimal ofOrder = expected.apply(order);
      BigDecimal foundOfOrder = found.apply(order.orderId());
      wanted = wanted.add(ofOrder);
      there = there.add(foundOfOrder);
      if (ofOrder.compareTo(foundOfOrder) != 0) {
        differences.add(difference(name + " of order " + order.orderId(), ofOrder, foundOfOrder));
      }
    }
    return new Check(name, euros(wanted), euros(there), differences);
  }

  /** Of orders that came to nothing: whatever was taken went back. */
  private static Check unpaid(Book book, Found found) {
    List<Difference> differences = new ArrayList<>();
    BigDecimal kept = NOTHING;
    for (String orderId : found.orders().keySet()) {
      BigDecimal left = found.captured(orderId).subtract(found.refunded(orderId));
      if (!book.orders().containsKey(orderId) && left.signum() != 0) {
        kept = kept.add(left);
        differences.add(difference("money kept of order " + orderId, NOTHING, left));
      }
    }
    return new Check(
        "money: kept of orders that came to nothing", euros(NOTHING), euros(kept), differences);
  }

  private static BigDecimal invoiced(String orderId, Found found) {
    return documents(orderId, "invoice", "documentId", found);
  }

  private static BigDecimal credited(String orderId, Found found) {
    return documents(orderId, "credit_note", "invoiceId", found);
  }

  private static BigDecimal documents(String orderId, String kind, String field, Found found) {
    JsonNode order = found.orders().get(orderId);
    JsonNode account = order == null ? null : found.bills().get(order.path("userId").asString(""));
    BigDecimal sum = NOTHING;
    if (account != null) {
      for (JsonNode document : account.path("documents")) {
        boolean about = document.path(field).asString("").equals(orderId);
        if (about && document.path("kind").asString("").equals(kind) && document.has("number")) {
          sum = sum.add(Found.amount(document, "total"));
        }
      }
    }
    return sum;
  }

  private static Difference difference(String what, BigDecimal expected, BigDecimal found) {
    return new Difference(what, euros(expected), euros(found));
  }

  static String euros(BigDecimal amount) {
    return "EUR " + amount.setScale(2, java.math.RoundingMode.UNNECESSARY).toPlainString();
  }
}
