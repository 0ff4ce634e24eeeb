package shop.payment;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import shop.payment.PaymentProvider.ChargeRequest;

/**
 * The money of one order. It is captured whole or not at all, and refunded at most once over:
 * refunded ≤ captured ≤ authorised. Immutable.
 *
 * @param authorised what is to be paid
 * @param attempts to take it, in order; at most the last of them is captured or pending
 * @param reason why it was declined at last
 */
@JsonTypeName("payment")
public record OrderPayment(
    String orderId,
    String userId,
    Status status,
    String currency,
    BigDecimal authorised,
    List<Attempt> attempts,
    List<Refund> refunds,
    @Nullable String reason)
    implements Account {

  /**
   * How it stands.
   *
   * <pre>
   *   PENDING ──▶ CAPTURED          CAPTURED stays so when it is refunded
   *    │  ▲
   *    ▼  │ retry
   *   DECLINED ──▶ VOIDED           nothing was taken, and nothing will be
   * </pre>
   */
  public enum Status {
    PENDING,
    CAPTURED,
    DECLINED,
    VOIDED;

    /** As it is written in messages. */
    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One try to take the money. */
  public record Attempt(
      @Nullable String transactionId,
      String method,
      Status status,
      @Nullable String reason,
      Instant at) {}

  /** Money that went back. */
  public record Refund(String refundId, BigDecimal amount, String reason, Instant at) {}

  private static final BigDecimal NOTHING = new BigDecimal("0.00");

  public OrderPayment {
    authorised = authorised.setScale(2);
    attempts = List.copyOf(attempts);
    refunds = List.copyOf(refunds);
  }

  /** Before anything was tried. */
  static OrderPayment of(ChargeRequest request) {
    return new OrderPayment(
        request.orderId(),
        request.userId(),
        Status.PENDING,
        request.currency(),
        request.amount(),
        List.of(),
        List.of(),
        null);
  }

  /** Of an order that nothing will be taken for. */
  static OrderPayment voided(String orderId, String userId) {
    return new OrderPayment(
        orderId, userId, Status.VOIDED, "EUR", NOTHING, List.of(), List.of(), null);
  }

  /** What was paid. */
  @JsonProperty
  public BigDecimal captured() {
    return status == Status.CAPTURED ? authorised : NOTHING;
  }

  /** What was given back. */
  @JsonProperty
  public BigDecimal refunded() {
    return refunds.stream().map(Refund::amount).reduce(NOTHING, BigDecimal::add);
  }

  BigDecimal left() {
    return captured().subtract(refunded());
  }

  ChargeRequest request(String method) {
    return new ChargeRequest(orderId, userId, authorised, currency, method);
  }

  /** The last attempt; there is one unless it was voided before. */
  @Nullable Attempt last() {
    return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
  }

  /** Whether a word of the provider's about a charge says nothing new. */
  boolean knows(String transactionId, boolean captured) {
    return attempts.stream()
        .filter(attempt -> transactionId.equals(attempt.transactionId()))
        .anyMatch(
            attempt ->
                attempt.status() == Status.CAPTURED
                    || attempt.status() == Status.DECLINED && !captured);
  }

  /** The same for this amount: what the provider took is what was authorised. */
  OrderPayment paying(BigDecimal amount) {
    return new OrderPayment(orderId, userId, status, currency, amount, attempts, refunds, reason);
  }

  OrderPayment with(Attempt attempt) {
    List<Attempt> more = new ArrayList<>(attempts);
    more.add(attempt);
    return new OrderPayment(
        orderId, userId, attempt.status(), currency, authorised, more, refunds, attempt.reason());
  }

  /** With this end of the attempt that is pending, or else as one more attempt. */
  OrderPayment settled(Attempt attempt) {
    Attempt last = last();
    boolean pending = last != null && last.status() == Status.PENDING;
    List<Attempt> before = pending ? attempts.subList(0, attempts.size() - 1) : attempts;
    return new OrderPayment(orderId, userId, status, currency, authorised, before, refunds, reason)
        .with(attempt);
  }

  OrderPayment with(Refund refund) {
    List<Refund> more = new ArrayList<>(refunds);
    more.add(refund);
    return new OrderPayment(orderId, userId, status, currency, authorised, attempts, more, reason);
  }

  OrderPayment voided() {
    return new OrderPayment(
        orderId, userId, Status.VOIDED, currency, authorised, attempts, refunds, reason);
  }

  /** A period of a subscription, for which billing stands, and not an order. */
  boolean isRenewal() {
    return orderId.startsWith("renewal-");
  }
}
