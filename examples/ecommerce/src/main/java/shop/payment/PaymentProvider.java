package shop.payment;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who takes money and gives it back. Each call may come again under the same key, after a crash for
 * instance, and then has the same result and no further effect. Calls block, for half a minute at
 * most. Thread-safe.
 */
public interface PaymentProvider {
  /**
   * Takes the money.
   *
   * @throws ProviderException where no answer came; it may or may not have happened
   */
  Charge charge(ChargeRequest request, String idempotencyKey);

  /**
   * Gives money back.
   *
   * @param amount at most what is left of the charge
   * @return the provider's id of the refund
   * @throws ProviderException where no answer came; it may or may not have happened
   */
  String refund(String transactionId, BigDecimal amount, String currency, String idempotencyKey);

  /**
   * A charge of this order that went through, for when its answer was lost.
   *
   * @throws ProviderException where no answer came
   */
  Optional<Charge.Captured> find(String orderId);

  /**
   * What is to be taken.
   *
   * @param amount more than nothing, with two decimals
   * @param method the provider's name for a card or an account
   */
  record ChargeRequest(
      String orderId, String userId, BigDecimal amount, String currency, String method) {}

  /** What became of it. */
  sealed interface Charge {
    /** The money is here. */
    record Captured(String transactionId, BigDecimal amount) implements Charge {}

    /**
     * It won't come.
     *
     * @param reason the provider's word, for example {@code card_declined}
     */
    record Declined(@Nullable String transactionId, String reason) implements Charge {}

    /** The provider will say later, through its webhook. */
    record Pending(String transactionId) implements Charge {}
  }

  /** No answer came, or none that makes sense: it may be tried again under the same key. */
  final class ProviderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProviderException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
