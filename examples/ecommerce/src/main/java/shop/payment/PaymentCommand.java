package shop.payment;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import shop.payment.OrderPayment.Attempt;
import shop.payment.OrderPayment.Status;
import shop.payment.PaymentProvider.ChargeRequest;

/** What is asked of payments, where that isn't a {@link PaymentProvider.ChargeRequest}. */
sealed interface PaymentCommand {
  /** Of RETRY_PAYMENT, and of what is done with a user's methods. */
  record ByMethod(String method) implements PaymentCommand {}

  record RefundPayment(
      @Nullable String userId, @Nullable BigDecimal amount, @Nullable String reason)
      implements PaymentCommand {
    String userIdOr(String otherwise) {
      return userId == null ? otherwise : userId;
    }
  }

  /**
   * @param outcome {@code captured} or {@code declined}
   */
  record Webhook(
      String orderId,
      String userId,
      String transactionId,
      String outcome,
      BigDecimal amount,
      String currency,
      @Nullable String method,
      @Nullable String reason)
      implements PaymentCommand {
    boolean captured() {
      return outcome.equals("captured");
    }

    ChargeRequest request() {
      return new ChargeRequest(orderId, userId, amount, currency, methodOrUnknown());
    }

    Attempt attempt(Instant at) {
      Status status = captured() ? Status.CAPTURED : Status.DECLINED;
      return new Attempt(transactionId, methodOrUnknown(), status, reason, at);
    }

    private String methodOrUnknown() {
      return method == null ? "pm_unknown" : method;
    }
  }

  /** A period of a subscription. */
  record RenewalDue(String orderId, String userId, BigDecimal amount, String currency)
      implements PaymentCommand {
    ChargeRequest by(String method) {
      return new ChargeRequest(orderId, userId, amount, currency, method);
    }
  }

  /** How the order, or the renewal, stands that was paid. */
  record OrderStatus(String status) implements PaymentCommand {}
}
