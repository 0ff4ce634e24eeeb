package shop.payment;

import com.stripe.net.Webhook;
import java.security.GeneralSecurityException;
import java.time.Instant;

/** Events as Stripe sends and signs them. */
final class StripeEvents {
  static final String SECRET = "whsec_test";

  private StripeEvents() {}

  static String succeeded(String eventId, String orderId, String intentId) {
    return event(eventId, "payment_intent.succeeded", intent(orderId, intentId, ""));
  }

  static String failed(String eventId, String orderId, String intentId) {
    String error =
        """
        ,"last_payment_error":{"type":"card_error","code":"card_declined",
         "decline_code":"insufficient_funds"}\
        """;
    return event(eventId, "payment_intent.payment_failed", intent(orderId, intentId, error));
  }

  static String event(String id, String type, String object) {
    return """
    {"id":"%s","object":"event","api_version":"2020-08-27","created":1764000000,"livemode":false,
     "type":"%s","data":{"object":%s}}\
    """
        .formatted(id, type, object);
  }

  static String intent(String orderId, String intentId, String more) {
    return """
    {"id":"%s","object":"payment_intent","amount":5998,"amount_received":5998,"currency":"eur",
     "payment_method":"pm_card_visa","metadata":{"orderId":"%s","userId":"u1"}%s}\
    """
        .formatted(intentId, orderId, more);
  }

  /** The header Stripe-Signature of a body, made at a time. */
  static String signature(String body, String secret, Instant at) {
    long time = at.getEpochSecond();
    try {
      return "t=" + time + ",v1=" + Webhook.Util.computeHmacSha256(secret, time + "." + body);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
