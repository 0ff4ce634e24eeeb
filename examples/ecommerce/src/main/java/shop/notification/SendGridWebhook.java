package shop.notification;

import dev.relay.message.Json;
import dev.relay.node.SendRequest;
import dev.relay.server.webhook.Webhook;
import dev.relay.server.webhook.WebhookCall;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What SendGrid reports of mails, many at once, at {@code POST /api/webhooks/sendgrid}: that they
 * arrived, or that there is no such mailbox. Thread-safe.
 */
public final class SendGridWebhook implements Webhook {
  private final String key;

  /** With {@code SENDGRID_WEBHOOK_PUBLIC_KEY}; where it isn't set nothing is taken. */
  public SendGridWebhook() {
    this(System.getenv());
  }

  SendGridWebhook(Map<String, String> environment) {
    key = environment.getOrDefault("SENDGRID_WEBHOOK_PUBLIC_KEY", "");
  }

  @Override
  public String name() {
    return "sendgrid";
  }

  @Override
  public List<SendRequest> receive(WebhookCall call) {
    if (key.isEmpty()) {
      throw call.notConfigured(
          "SENDGRID_WEBHOOK_PUBLIC_KEY",
          "it is the verification key of the signed event webhook, in SendGrid's mail settings");
    }
    if (!isGenuine(call)) {
      throw call.refused("the signature isn't SendGrid's");
    }
    List<SendRequest> reports = new ArrayList<>();
    for (JsonNode event : events(call)) {
      DeliveryReport report = report(event);
      String id = text(event, "sg_event_id");
      if (report != null && id != null) {
        reports.add(report.message("sendgrid/" + id));
      }
    }
    return reports;
  }

  /**
   * By the JDK's own means: the SDK's check wants BouncyCastle, installed for the whole process,
   * for what every JDK can do. It has no limit of age, as SendGrid names none for repetitions; an
   * old call that somebody sends again says what was said before, under the same ids.
   */
  private boolean isGenuine(WebhookCall call) {
    String signature = call.header("X-Twilio-Email-Event-Webhook-Signature");
    String timestamp = call.header("X-Twilio-Email-Event-Webhook-Timestamp");
    if (signature == null || timestamp == null) {
      return false;
    }
    try {
      Signature check = Signature.getInstance("SHA256withECDSA");
      check.initVerify(publicKey());
      check.update(timestamp.getBytes(StandardCharsets.UTF_8));
      check.update(call.body());
      return check.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException notASignature) {
      return false;
    }
  }

  private PublicKey publicKey() throws GeneralSecurityException {
    return KeyFactory.getInstance("EC")
        .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key)));
  }

  private static JsonNode events(WebhookCall call) {
    try {
      JsonNode events = Json.mapper().readTree(call.body());
      if (events.isArray()) {
        return events;
      }
    } catch (JacksonException notJson) {
      // it is signed, and nonsense all the same: refused like other nonsense
    }
    throw call.refused("the body isn't a list of SendGrid's events");
  }

  /** Of a mail of the shop, and of interest; others carry no user, or say nothing final. */
  private static @Nullable DeliveryReport report(JsonNode event) {
    String userId = text(event, "userId");
    String template = text(event, "template");
    String cause = text(event, "cause");
    String outcome = outcome(event);
    if (userId == null || template == null || cause == null || outcome == null) {
      return null;
    }
    return new DeliveryReport(userId, "email", template, cause, outcome, text(event, "reason"));
  }

  /** A mail that is blocked may pass another time; one to a mailbox that isn't there never will. */
  private static @Nullable String outcome(JsonNode event) {
    String reason = String.valueOf(text(event, "reason"));
    return switch (String.valueOf(text(event, "event"))) {
      case "delivered" -> "delivered";
      case "bounce" -> "blocked".equals(text(event, "type")) ? null : "bounced";
      case "dropped" -> reason.startsWith("Bounced Address") ? "bounced" : null;
      default -> null;
    };
  }

  private static @Nullable String text(JsonNode event, String field) {
    return event.path(field).isString() ? event.path(field).asString() : null;
  }
}
