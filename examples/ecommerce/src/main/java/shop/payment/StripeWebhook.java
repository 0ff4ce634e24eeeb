package shop.payment;

import dev.relay.node.SendRequest;
import dev.relay.server.webhook.Webhook;
import dev.relay.server.webhook.WebhookCall;
import java.util.List;
import java.util.Map;

/**
 * What Stripe says by itself, at {@code POST /api/webhooks/stripe}: that an order's money came, or
 * won't. Thread-safe.
 */
public final class StripeWebhook implements Webhook {
  private final String secret;

  /** With {@code STRIPE_WEBHOOK_SECRET}; where it isn't set nothing is taken. */
  public StripeWebhook() {
    this(System.getenv());
  }

  StripeWebhook(Map<String, String> environment) {
    secret = environment.getOrDefault("STRIPE_WEBHOOK_SECRET", "");
  }

  @Override
  public String name() {
    return "stripe";
  }

  @Override
  public List<SendRequest> receive(WebhookCall call) {
    if (secret.isEmpty()) {
      throw call.notConfigured(
          "STRIPE_WEBHOOK_SECRET",
          "it is the endpoint's signing secret, whsec_…, in Stripe's dashboard");
    }
    // the SDK stays behind this line, so that a shop without Stripe doesn't load it
    return new StripeNews(secret).messages(call);
  }
}
