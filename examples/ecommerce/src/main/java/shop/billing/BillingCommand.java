package shop.billing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shop.billing.Document.Line;

/** What is asked of billing, and what it hears from elsewhere. */
sealed interface BillingCommand {
  record CreateCustomer(@Nullable String name, @Nullable String email) implements BillingCommand {}

  record Subscribe(String plan, BigDecimal price, String currency, Subscription.Interval interval)
      implements BillingCommand {}

  record ChangePlan(String subscriptionId, String plan, BigDecimal price)
      implements BillingCommand {}

  record OfSubscription(String subscriptionId) implements BillingCommand {}

  record Renew(String userId, String subscriptionId, int period, int attempt)
      implements BillingCommand {}

  record GenerateInvoice(
      String orderId,
      String currency,
      List<Line> lines,
      @Nullable BigDecimal shipping,
      @Nullable BigDecimal tax,
      @Nullable BigDecimal discount)
      implements BillingCommand {
    /** All that makes up the total. */
    List<Line> allLines() {
      List<Line> all = new ArrayList<>(lines);
      Line.of("Shipping", shipping).ifPresent(all::add);
      Line.of("Tax", tax).ifPresent(all::add);
      Line.of("Discount", discount).map(Line::negated).ifPresent(all::add);
      return all;
    }
  }

  record IssueCreditNote(String orderId, String refundId, BigDecimal amount, String reason)
      implements BillingCommand {}

  record OfOrder(String orderId) implements BillingCommand {}

  /**
   * How a period stands that an order is to pay.
   *
   * @param status {@code due}, {@code paid} by this order, or {@code cancelled}
   */
  record RenewalStatus(String orderId, String status) implements BillingCommand {
    boolean isPaid() {
      return status.equals("paid");
    }
  }

  record Refunded(String orderId, String refundId, BigDecimal amount) implements BillingCommand {}

  record Invoiced(Document invoice, List<Document> creditNotes) implements BillingCommand {}
}
