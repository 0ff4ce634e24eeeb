package shop.analytics;

import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses where events go. */
final class Forwarders {
  private static final Logger LOG = LoggerFactory.getLogger(Forwarders.class);

  private Forwarders() {}

  /** Mixpanel where {@code MIXPANEL_TOKEN} is set, else a sandbox, which says so. */
  static Forwarder of(Map<String, String> environment) {
    String token = environment.getOrDefault("MIXPANEL_TOKEN", "");
    if (!token.isEmpty()) {
      String base = environment.getOrDefault("MIXPANEL_API_BASE", "");
      LOG.info("Mixpanel hears of the events");
      return MixpanelForwarder.of(token, base.isEmpty() ? MixpanelForwarder.ADDRESS : base);
    }
    Path folder = Path.of(environment.getOrDefault("SHOP_OUTBOX", ".relay/outbox"), "analytics");
    LOG.warn("Sandbox: Mixpanel hears of nothing; events are kept in {}", folder.toAbsolutePath());
    return new SandboxForwarder(folder);
  }
}
