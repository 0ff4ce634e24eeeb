package shop.notification;

import com.twilio.security.RequestValidator;
import dev.relay.node.SendRequest;
import dev.relay.server.webhook.Webhook;
import dev.relay.server.webhook.WebhookCall;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Twilio reports of a text, at {@code POST /api/webhooks/twilio}: that it arrived, or won't.
 * Whose it is stands in the address that was given with the text, and is signed with the rest.
 * Thread-safe.
 */
public final class TwilioWebhook implements Webhook {
  private static final String PATH = "/api/webhooks/twilio";

  private final String token;
  private final String publicUrl;

  /** With {@code TWILIO_AUTH_TOKEN} and {@code SHOP_PUBLIC_URL}; without them nothing is taken. */
  public TwilioWebhook() {
    this(System.getenv());
  }

  TwilioWebhook(Map<String, String> environment) {
    token = environment.getOrDefault("TWILIO_AUTH_TOKEN", "");
    publicUrl = environment.getOrDefault("SHOP_PUBLIC_URL", "");
  }

  /** Where a text is to be reported to, from the path on. */
  static String address(Outgoing text) {
    return "%s?userId=%s&template=%s&cause=%s"
        .formatted(PATH, coded(text.userId()), coded(text.template()), coded(text.cause()));
  }

  @Override
  public String name() {
    return "twilio";
  }

  @Override
  public List<SendRequest> receive(WebhookCall call) {
    if (token.isEmpty()) {
      throw call.notConfigured("TWILIO_AUTH_TOKEN", "it is on the first page of Twilio's console");
    }
    if (publicUrl.isEmpty()) {
      throw call.notConfigured(
          "SHOP_PUBLIC_URL", "it is what Twilio sees of the shop, like https://shop.example");
    }
    Map<String, String> form = pairs(call.text());
    String signature = call.header("X-Twilio-Signature");
    String url = publicUrl + call.path() + (call.query().isEmpty() ? "" : "?" + call.query());
    if (signature == null || !new RequestValidator(token).validate(url, form, signature)) {
      throw call.refused("the signature isn't Twilio's, or SHOP_PUBLIC_URL isn't what it called");
    }
    DeliveryReport report = report(pairs(call.query()), form);
    return report == null
        ? List.of()
        : List.of(
            report.message("twilio/" + form.get("MessageSid") + "/" + form.get("MessageStatus")));
  }

  private static @Nullable DeliveryReport report(Map<String, String> of, Map<String, String> form) {
    String userId = of.get("userId");
    String template = of.get("template");
    String cause = of.get("cause");
    String outcome =
        switch (form.getOrDefault("MessageStatus", "")) {
          case "delivered" -> "delivered";
          case "undelivered", "failed" -> "bounced";
          default -> null; // on its way
        };
    if (userId == null || template == null || cause == null || outcome == null) {
      return null;
    }
    String code = form.get("ErrorCode");
    String reason = code == null ? null : "Twilio's error " + code;
    return new DeliveryReport(userId, "sms", template, cause, outcome, reason);
  }

  /** Of a form, or of a query. */
  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new HashMap<>();
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        pairs.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return pairs;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text; // then its signature is wrong as well
    }
  }

  private static String coded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
