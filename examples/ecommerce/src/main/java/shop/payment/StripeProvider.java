package shop.payment;

import com.stripe.StripeClient;
import com.stripe.exception.CardException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentSearchParams;
import com.stripe.param.RefundCreateParams;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stripe, through its own SDK. An order is a PaymentIntent that is confirmed at once; order and
 * user are in its metadata, so that a webhook can tell whose money it speaks of. Thread-safe.
 */
final class StripeProvider implements PaymentProvider {
  private static final int CONNECT_MILLIS = 5_000;

  /** Stripe answers a card payment within seconds; three of these fit into the ask's 30 s. */
  private static final int READ_MILLIS = 8_000;

  private static final int RETRIES = 2;

  private final StripeClient stripe;

  private StripeProvider(StripeClient stripe) {
    this.stripe = stripe;
  }

  /**
   * @param apiBase where Stripe is; its own address where that is absent
   */
  static StripeProvider of(String secretKey, @Nullable String apiBase) {
    StripeClient.StripeClientBuilder builder =
        StripeClient.builder()
            .setApiKey(secretKey)
            .setConnectTimeout(CONNECT_MILLIS)
            .setReadTimeout(READ_MILLIS)
            .setMaxNetworkRetries(RETRIES);
    if (apiBase != null && !apiBase.isEmpty()) {
      builder.setApiBase(apiBase);
    }
    return new StripeProvider(builder.build());
  }

  @Override
  public Charge charge(ChargeRequest request, String idempotencyKey) {
    PaymentIntentCreateParams params =
        PaymentIntentCreateParams.builder()
            .setAmount(cents(request.amount()))
            .setCurrency(request.currency().toLowerCase(Locale.ROOT))
            .setPaymentMethod(request.method())
            .setConfirm(true)
            .setErrorOnRequiresAction(true)
            .setAutomaticPaymentMethods(
                PaymentIntentCreateParams.AutomaticPaymentMethods.builder()
                    .setEnabled(true)
                    .setAllowRedirects(
                        PaymentIntentCreateParams.AutomaticPaymentMethods.AllowRedirects.NEVER)
                    .build())
            .putMetadata("orderId", request.orderId())
            .putMetadata("userId", request.userId())
            .build();
    try {
      return charge(stripe.paymentIntents().create(params, with(idempotencyKey)), request);
    } catch (CardException declined) {
      return new Charge.Declined(intent(declined), word(declined));
    } catch (StripeException failure) {
      throw noAnswer("charge order " + request.orderId(), failure);
    }
  }

  @Override
  public String refund(
      String transactionId, BigDecimal amount, String currency, String idempotencyKey) {
    RefundCreateParams params =
        RefundCreateParams.builder()
            .setPaymentIntent(transactionId)
            .setAmount(cents(amount))
            .build();
    try {
      return stripe.refunds().create(params, with(idempotencyKey)).getId();
    } catch (StripeException failure) {
      throw noAnswer("refund " + transactionId, failure);
    }
  }

  @Override
  public Optional<Charge.Captured> find(String orderId) {
    String query =
        "status:'succeeded' AND metadata['orderId']:'" + orderId.replace("'", "\\'") + "'";
    PaymentIntentSearchParams params =
        PaymentIntentSearchParams.builder().setQuery(query).setLimit(1L).build();
    try {
      return stripe.paymentIntents().search(params).getData().stream()
          .findFirst()
          .map(found -> new Charge.Captured(found.getId(), money(found.getAmountReceived())));
    } catch (StripeException failure) {
      throw noAnswer("look for order " + orderId, failure);
    }
  }

  private static Charge charge(PaymentIntent intent, ChargeRequest request) {
    return switch (intent.getStatus()) {
      case "succeeded" -> new Charge.Captured(intent.getId(), request.amount());
      case "processing" -> new Charge.Pending(intent.getId());
      default -> new Charge.Declined(intent.getId(), intent.getStatus());
    };
  }

  /** Its id: the webhook speaks of the same intent, and then says nothing new. */
  private static @Nullable String intent(CardException declined) {
    StripeError error = declined.getStripeError();
    PaymentIntent intent = error == null ? null : error.getPaymentIntent();
    return intent == null ? null : intent.getId();
  }

  private static String word(CardException declined) {
    String word =
        declined.getDeclineCode() == null ? declined.getCode() : declined.getDeclineCode();
    return word == null ? "card_declined" : word;
  }

  private static ProviderException noAnswer(String what, StripeException failure) {
    return new ProviderException("Stripe didn't " + what + ": " + failure.getMessage(), failure);
  }

  private static RequestOptions with(String idempotencyKey) {
    return RequestOptions.builder().setIdempotencyKey(idempotencyKey).build();
  }

  /** All currencies of the shop have two decimals. */
  private static long cents(BigDecimal amount) {
    return amount.movePointRight(2).longValueExact();
  }

  private static BigDecimal money(long cents) {
    return BigDecimal.valueOf(cents, 2);
  }
}
