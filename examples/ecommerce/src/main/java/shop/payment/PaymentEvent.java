package shop.payment;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What payments tell others. */
sealed interface PaymentEvent {
  record Processed(
      String orderId, String userId, String transactionId, BigDecimal amount, String currency)
      implements PaymentEvent {
    static Processed of(OrderPayment payment, String transactionId) {
      return new Processed(
          payment.orderId(),
          payment.userId(),
          transactionId,
          payment.authorised(),
          payment.currency());
    }
  }

  record Failed(String orderId, String userId, BigDecimal amount, String currency, String reason)
      implements PaymentEvent {
    static Failed of(OrderPayment payment, @Nullable String reason) {
      return new Failed(
          payment.orderId(),
          payment.userId(),
          payment.authorised(),
          payment.currency(),
          reason == null ? "unknown" : reason);
    }
  }

  record Refunded(
      String orderId,
      String userId,
      String refundId,
      BigDecimal amount,
      String currency,
      String reason)
      implements PaymentEvent {
    static Refunded of(OrderPayment payment, OrderPayment.Refund refund) {
      return new Refunded(
          payment.orderId(),
          payment.userId(),
          refund.refundId(),
          refund.amount(),
          payment.currency(),
          refund.reason());
    }
  }

  record MethodChanged(String userId, String method) implements PaymentEvent {}
}
