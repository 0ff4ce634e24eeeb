package shop.notification;

import dev.relay.message.Json;
import dev.relay.node.SendRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a provider reports of a message it took. Immutable.
 *
 * @param channel {@code email} or {@code sms}
 * @param cause with user, channel and template what names the message
 * @param outcome {@code delivered} or {@code bounced}
 * @param reason the provider's words
 */
record DeliveryReport(
    String userId,
    String channel,
    String template,
    String cause,
    String outcome,
    @Nullable String reason) {
  /** As the actor's contract has it. */
  private static final int LONGEST_REASON = 500;

  DeliveryReport {
    if (reason != null && reason.length() > LONGEST_REASON) {
      reason = reason.substring(0, LONGEST_REASON);
    }
  }

  /**
   * The message that tells the actor.
   *
   * @param requestId the same each time that the provider says it
   */
  SendRequest message(String requestId) {
    return SendRequest.to("notification", "PROVIDER_CALLBACK", Json.mapper().valueToTree(this))
        .withRequestId(requestId);
  }
}
