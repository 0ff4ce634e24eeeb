package shop.notification;

import java.time.Duration;
import java.util.Map;
import shop.user.MagicTokens;

/** For tests outside of this package. */
public final class Mails {
  private Mails() {}

  /** Mails go through SendGrid at this address, which is asked once an attempt. */
  public static NotificationActor through(String sendGrid) {
    EmailProvider email =
        SendGridMail.of(
            Map.of(
                "SENDGRID_API_KEY", "SG.x",
                "SENDGRID_API_BASE", sendGrid,
                "SENDGRID_FROM", "shop@example.com"),
            new Patience(1, Duration.ofMillis(1), Duration.ofMillis(1)));
    Providers providers = new Providers(email, Outgoing::id, Outgoing::id, "owner@example.com");
    return new NotificationActor(providers, MagicTokens.of(Map.of()));
  }
}
