package dev.relay.server.webhook;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A call as it came. Immutable by agreement: nobody changes the bytes.
 *
 * @param path still percent-coded, for example {@code /api/webhooks/stripe}
 * @param query what follows the question mark, still percent-coded; empty where there is none
 * @param headers the first value of each; names in any case
 * @param body byte for byte, as signatures are made of it; as long as the server allows
 */
public record WebhookCall(String path, String query, Map<String, String> headers, byte[] body) {
  public WebhookCall {
    Map<String, String> inAnyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    inAnyCase.putAll(headers);
    headers = Collections.unmodifiableMap(inAnyCase);
  }

  /** A header's first value. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** The body as UTF-8. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * That this call isn't genuine or can't be read: 400. To be thrown.
   *
   * @param why one sentence, which the caller reads: it says nothing secret
   */
  public RelayException refused(String why) {
    return RelayException.of(ErrorCode.WEBHOOK_REFUSED, why)
        .remedy("send it as the sender's documentation says, signed with the secret agreed upon")
        .build();
  }

  /**
   * That a setting is missing without which nothing can be told of any call: 503, so that the
   * caller tries again later. To be thrown.
   *
   * @param setting the environment variable
   * @param remedy where its value comes from
   */
  public RelayException notConfigured(String setting, String remedy) {
    return RelayException.of(
            ErrorCode.WEBHOOK_NOT_CONFIGURED, path + " takes nothing until " + setting + " is set")
        .remedy(remedy)
        .build();
  }
}
