package shop.notification;

import org.jspecify.annotations.Nullable;

/** What is told about notifications, and what providers tell. */
sealed interface NotificationEvent {
  record Sent(String userId, String template, String cause, String providerId)
      implements NotificationEvent {
    static Sent of(Send send, String providerId) {
      return new Sent(send.userId(), send.template(), send.cause(), providerId);
    }
  }

  record Suppressed(String userId, Channel channel, String template, String cause, String reason)
      implements NotificationEvent {
    static Suppressed of(Channel channel, Send send, String reason) {
      return new Suppressed(send.userId(), channel, send.template(), send.cause(), reason);
    }
  }

  record Bounced(String userId, String template, String cause, String reason)
      implements NotificationEvent {}

  record PreferencesUpdated(String userId, boolean marketing) implements NotificationEvent {}

  /** What a provider reports of a message it took: a mail unless it says otherwise. */
  record Callback(
      String userId,
      @Nullable Channel channel,
      String template,
      String cause,
      Notice.Status outcome,
      @Nullable String reason)
      implements NotificationEvent {
    Channel channelOrEmail() {
      return channel == null ? Channel.EMAIL : channel;
    }

    boolean isBouncedMail() {
      return outcome == Notice.Status.BOUNCED && channelOrEmail() == Channel.EMAIL;
    }
  }
}
