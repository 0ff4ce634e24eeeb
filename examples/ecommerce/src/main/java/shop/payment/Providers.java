package shop.payment;

import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses who takes the money. */
final class Providers {
  private static final Logger LOG = LoggerFactory.getLogger(Providers.class);

  private Providers() {}

  /** Stripe where {@code STRIPE_SECRET_KEY} is set, else a sandbox, which says so. */
  static PaymentProvider of(Map<String, String> environment) {
    String key = environment.getOrDefault("STRIPE_SECRET_KEY", "");
    if (!key.isEmpty()) {
      return StripeProvider.of(key, environment.get("STRIPE_API_BASE"));
    }
    Path folder = Path.of(environment.getOrDefault("SHOP_OUTBOX", ".relay/outbox"), "payment");
    LOG.warn("Sandbox: no money is taken; payments are kept in {}", folder.toAbsolutePath());
    return new SandboxProvider(folder);
  }
}
