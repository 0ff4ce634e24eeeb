package shop.notification;

import java.util.Map;

/** Who carries the messages of each channel. */
public record Providers(EmailProvider email, SmsProvider sms, PushProvider push) {
  /** Those for which the environment has keys; for the others a sandbox. */
  static Providers of(Map<String, String> environment) {
    Sandbox sandbox = Sandbox.of(environment);
    sandbox.announce("e-mail, text and push messages");
    return new Providers(sandbox::email, sandbox::sms, sandbox::push);
  }
}
