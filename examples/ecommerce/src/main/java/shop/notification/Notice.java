package shop.notification;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one message. Immutable.
 *
 * @param cause why it was sent: the same template isn't sent twice for it
 * @param at when it came to this status
 * @param reason why it was suppressed or bounced
 * @param providerId the provider's name for it, once it has taken it
 */
record Notice(
    Channel channel,
    String template,
    String cause,
    Status status,
    Instant at,
    @Nullable String reason,
    @Nullable String providerId) {
  enum Status {
    @JsonProperty("sent")
    SENT,
    @JsonProperty("deferred")
    DEFERRED,
    @JsonProperty("suppressed")
    SUPPRESSED,
    @JsonProperty("delivered")
    DELIVERED,
    @JsonProperty("bounced")
    BOUNCED
  }

  static Notice sent(Channel channel, Send send, Instant at, String providerId) {
    return new Notice(channel, send.template(), send.cause(), Status.SENT, at, null, providerId);
  }

  static Notice deferred(Channel channel, Send send, Instant at) {
    return new Notice(channel, send.template(), send.cause(), Status.DEFERRED, at, null, null);
  }

  static Notice suppressed(Channel channel, Send send, Instant at, String reason) {
    return new Notice(channel, send.template(), send.cause(), Status.SUPPRESSED, at, reason, null);
  }

  Notice reported(Status news, Instant time, @Nullable String why) {
    return new Notice(channel, template, cause, news, time, why, providerId);
  }

  boolean isOf(Channel other, String otherTemplate, String otherCause) {
    return channel == other && template.equals(otherTemplate) && cause.equals(otherCause);
  }

  boolean isSameAs(Notice other) {
    return isOf(other.channel, other.template, other.cause);
  }

  boolean isDeferred() {
    return status == Status.DEFERRED;
  }
}
