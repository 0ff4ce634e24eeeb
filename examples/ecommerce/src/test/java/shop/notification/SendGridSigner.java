package shop.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.relay.server.webhook.WebhookCall;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;

/** Signs as SendGrid does: with a key on the curve P-256, over time and body. */
final class SendGridSigner {
  private static final String TIME = "1764000000";

  private final KeyPair keys;

  SendGridSigner() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** As SendGrid's settings show it. */
  String publicKey() {
    return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
  }

  Map<String, String> headers(String body) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update((TIME + body).getBytes(UTF_8));
      return Map.of(
          "X-Twilio-Email-Event-Webhook-Signature",
          Base64.getEncoder().encodeToString(signature.sign()),
          "X-Twilio-Email-Event-Webhook-Timestamp",
          TIME);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  WebhookCall call(String body) {
    return new WebhookCall("/api/webhooks/sendgrid", "", headers(body), body.getBytes(UTF_8));
  }
}
