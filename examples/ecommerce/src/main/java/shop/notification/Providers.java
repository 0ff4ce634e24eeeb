package shop.notification;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who carries the messages of each channel.
 *
 * @param owner the shop's own address, for what its owner should know
 */
public record Providers(EmailProvider email, SmsProvider sms, PushProvider push, String owner) {
  private static final String NOBODY_NAMED = "owner@shop.example";

  private static final Logger LOG = LoggerFactory.getLogger(Providers.class);

  /** Those for which the environment has keys; for the others a sandbox, which says so. */
  static Providers of(Map<String, String> environment) {
    Sandbox sandbox = Sandbox.of(environment);
    List<String> unsent = new ArrayList<>();
    EmailProvider email = sandbox::email;
    if (isSet(environment, "SENDGRID_API_KEY")) {
      email = SendGridMail.of(environment);
      LOG.info("SendGrid sends the mails");
    } else {
      unsent.add("e-mails");
    }
    SmsProvider sms = sandbox::sms;
    if (isSet(environment, "TWILIO_ACCOUNT_SID") && isSet(environment, "TWILIO_AUTH_TOKEN")) {
      sms = TwilioSms.of(environment);
      LOG.info("Twilio sends the text messages");
    } else {
      unsent.add("text messages");
    }
    unsent.add("push messages"); // there is no provider of these yet
    sandbox.announce(String.join(", ", unsent));
    return new Providers(email, sms, sandbox::push, owner(environment));
  }

  /** {@code SHOP_OWNER_EMAIL}; an empty one is none, as in a shell. */
  private static String owner(Map<String, String> environment) {
    String owner = environment.getOrDefault("SHOP_OWNER_EMAIL", "");
    return owner.isEmpty() ? NOBODY_NAMED : owner;
  }

  private static boolean isSet(Map<String, String> environment, String variable) {
    return !environment.getOrDefault(variable, "").isEmpty();
  }
}
