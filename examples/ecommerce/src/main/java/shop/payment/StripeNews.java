package shop.payment;

import com.stripe.exception.EventDataObjectDeserializationException;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import com.stripe.net.Webhook;
import dev.relay.message.Json;
import dev.relay.node.SendRequest;
import dev.relay.server.webhook.WebhookCall;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads Stripe's events. Stripe repeats an event until it is acknowledged, and sometimes
 * afterwards; its id is the request id, so that the event counts once. Immutable.
 */
final class StripeNews {
  /** How old a signature may be, in seconds: what Stripe's libraries allow. */
  private static final long TOLERANCE = 300;

  private static final String SUCCEEDED = "payment_intent.succeeded";

  /** A declined intent may be tried again under the same id; a canceled one never succeeds. */
  private static final Set<String> OF_INTEREST =
      Set.of(SUCCEEDED, "payment_intent.payment_failed", "payment_intent.canceled");

  private final String secret;

  /**
   * @param secret what the endpoint's events are signed with
   */
  StripeNews(String secret) {
    this.secret = secret;
  }

  /** What an event means for payments; nothing where it is of no interest. */
  List<SendRequest> messages(WebhookCall call) {
    Event event = genuine(call);
    if (!OF_INTEREST.contains(event.getType())) {
      return List.of();
    }
    PaymentIntent intent = intent(event, call);
    String orderId = intent.getMetadata().get("orderId");
    String userId = intent.getMetadata().get("userId");
    if (orderId == null || userId == null) {
      return List.of(); // money of another application on the same account
    }
    PaymentCommand.Webhook news =
        event.getType().equals(SUCCEEDED)
            ? captured(orderId, userId, intent)
            : declined(orderId, userId, intent);
    return List.of(
        SendRequest.to("payment", "PAYMENT_WEBHOOK", Json.mapper().valueToTree(news))
            .withRequestId("stripe/" + event.getId()));
  }

  private Event genuine(WebhookCall call) {
    String signature = call.header("Stripe-Signature");
    if (signature == null) {
      throw call.refused("the header Stripe-Signature is missing");
    }
    try {
      return Webhook.constructEvent(call.text(), signature, secret, TOLERANCE);
    } catch (SignatureVerificationException forged) {
      throw call.refused("the signature isn't Stripe's, or is older than " + TOLERANCE + " s");
    } catch (RuntimeException unreadable) {
      throw call.refused("the body isn't an event of Stripe's"); // read before it is verified
    }
  }

  /** The parts that are read here are the same in all of Stripe's API versions. */
  private static PaymentIntent intent(Event event, WebhookCall call) {
    try {
      return (PaymentIntent) event.getDataObjectDeserializer().deserializeUnsafe();
    } catch (EventDataObjectDeserializationException | ClassCastException unreadable) {
      throw call.refused(event.getType() + " doesn't hold an intent");
    }
  }

  private static PaymentCommand.Webhook captured(
      String orderId, String userId, PaymentIntent intent) {
    return new PaymentCommand.Webhook(
        orderId,
        userId,
        intent.getId(),
        "captured",
        BigDecimal.valueOf(intent.getAmountReceived(), 2),
        intent.getCurrency().toUpperCase(Locale.ROOT),
        method(intent.getPaymentMethod()),
        null);
  }

  private static PaymentCommand.Webhook declined(
      String orderId, String userId, PaymentIntent intent) {
    return new PaymentCommand.Webhook(
        orderId,
        userId,
        intent.getId(),
        "declined",
        BigDecimal.valueOf(intent.getAmount(), 2),
        intent.getCurrency().toUpperCase(Locale.ROOT),
        method(intent.getPaymentMethod()),
        reason(intent));
  }

  /** Sources and cards of older integrations have other names, which payments don't take. */
  private static @Nullable String method(@Nullable String method) {
    return method != null && method.startsWith("pm_") ? method : null;
  }

  private static String reason(PaymentIntent intent) {
    StripeError error = intent.getLastPaymentError();
    if (error != null && error.getDeclineCode() != null) {
      return error.getDeclineCode();
    }
    if (error != null && error.getCode() != null) {
      return error.getCode();
    }
    return intent.getCancellationReason() == null ? "canceled" : intent.getCancellationReason();
  }
}
