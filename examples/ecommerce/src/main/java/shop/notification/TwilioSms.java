package shop.notification;

import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.type.PhoneNumber;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Twilio, through its own SDK. It has no idempotency keys for messages, and nothing that could
 * carry an id of ours: a text whose answer was lost, or whose turn didn't commit, is sent again.
 * Thread-safe.
 */
final class TwilioSms implements SmsProvider {
  private static final Logger LOG = LoggerFactory.getLogger(TwilioSms.class);

  /** Twilio's own for tests: it is taken with test credentials only. */
  private static final String TEST_NUMBER = "+15005550006";

  private final TwilioRestClient twilio;
  private final String from;
  private final @Nullable String callbacks;

  private TwilioSms(TwilioRestClient twilio, String from, @Nullable String callbacks) {
    this.twilio = twilio;
    this.from = from;
    this.callbacks = callbacks;
  }

  /**
   * With {@code TWILIO_ACCOUNT_SID} and {@code TWILIO_AUTH_TOKEN}, sending from {@code
   * TWILIO_FROM}, a number or a messaging service ({@code MG…}), at {@code TWILIO_API_BASE} where
   * that is set. Twilio reports to {@link TwilioWebhook} where {@code SHOP_PUBLIC_URL} says how to
   * reach it.
   */
  static TwilioSms of(Map<String, String> environment) {
    return of(environment, Patience.USUAL);
  }

  static TwilioSms of(Map<String, String> environment, Patience patience) {
    TwilioRestClient twilio =
        new TwilioRestClient.Builder(
                environment.get("TWILIO_ACCOUNT_SID"), environment.get("TWILIO_AUTH_TOKEN"))
            .httpClient(
                new TwilioHttp(ApiBase.of(environment, "TWILIO_API_BASE").orElse(null), patience))
            .build();
    String from = environment.getOrDefault("TWILIO_FROM", TEST_NUMBER);
    if (from.equals(TEST_NUMBER)) {
      LOG.warn("Texts come from {}: TWILIO_FROM names a number of yours at Twilio", from);
    }
    return new TwilioSms(twilio, from, environment.get("SHOP_PUBLIC_URL"));
  }

  @Override
  public String send(Outgoing text) {
    PhoneNumber to = new PhoneNumber(text.to());
    MessageCreator creator =
        from.startsWith("MG")
            ? Message.creator(to, from, text.text())
            : Message.creator(to, new PhoneNumber(from), text.text());
    if (callbacks != null) {
      creator.setStatusCallback(URI.create(callbacks + TwilioWebhook.address(text)));
    }
    try {
      return creator.create(twilio).getSid();
    } catch (TwilioException lost) {
      throw new ProviderException("no answer from Twilio: " + lost.getMessage(), lost);
    }
  }
}
