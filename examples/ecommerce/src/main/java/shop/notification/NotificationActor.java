package shop.notification;

import dev.relay.actor.Handles;
import dev.relay.actor.RelayActor;
import dev.relay.actor.Turn;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shop.notification.NotificationEvent.Bounced;
import shop.notification.NotificationEvent.Callback;
import shop.notification.NotificationEvent.PreferencesUpdated;
import shop.notification.NotificationEvent.Sent;
import shop.notification.NotificationEvent.Suppressed;
import shop.user.MagicTokens;

/**
 * What a user is told. A message goes to its provider inside the turn, on a thread that may wait; a
 * provider that fails fails the turn, whose delivery is retried and in the end a dead letter.
 */
public final class NotificationActor extends RelayActor<Notification> {
  private final Providers providers;
  private final MagicTokens tokens;

  /** With the providers for which there are keys in the environment, and sandboxes for the rest. */
  public NotificationActor() {
    this(Providers.of(System.getenv()), MagicTokens.of(System.getenv()));
  }

  /** With these providers. */
  public NotificationActor(Providers providers, MagicTokens tokens) {
    this.providers = providers;
    this.tokens = tokens;
  }

  @Handles(value = "SEND_EMAIL", waits = true)
  void email(Send send, Turn<Notification> turn) {
    deliver(Channel.EMAIL, send, turn);
  }

  @Handles(value = "SEND_SMS", waits = true)
  void sms(Send send, Turn<Notification> turn) {
    deliver(Channel.SMS, send, turn);
  }

  @Handles(value = "SEND_PUSH", waits = true)
  void push(Send send, Turn<Notification> turn) {
    deliver(Channel.PUSH, send, turn);
  }

  @Handles("UPDATE_NOTIFICATION_PREFERENCES")
  Notification update(Preferences news, Turn<Notification> turn) {
    Notification user = turn.become(user(turn).with(news));
    turn.emit(
        "NOTIFICATION_PREFERENCES_UPDATED",
        new PreferencesUpdated(user.userId(), user.marketing()));
    return user;
  }

  /** Providers repeat themselves: only the first bounce is news, and none is taken back. */
  @Handles("PROVIDER_CALLBACK")
  void callback(Callback callback, Turn<Notification> turn) {
    Notification user = user(turn);
    if (user.erased()) {
      return;
    }
    Notice notice =
        user.notice(callback.channelOrEmail(), callback.template(), callback.cause())
            .orElseThrow(
                () -> turn.refuse("UNKNOWN_NOTICE", "no such message was sent to this user"));
    if (notice.status() == Notice.Status.BOUNCED || notice.status() == callback.outcome()) {
      return;
    }
    Notification changed =
        user.with(notice.reported(callback.outcome(), turn.now(), callback.reason()));
    if (callback.isBouncedMail()) {
      changed = changed.asUnreachable();
      String reason = callback.reason() == null ? "not said" : callback.reason();
      turn.emit(
          "EMAIL_BOUNCED",
          new Bounced(user.userId(), callback.template(), callback.cause(), reason));
    }
    turn.become(changed);
  }

  @Handles(value = "USER_REGISTERED", waits = true)
  void registered(Preferences news, Turn<Notification> turn) {
    Notification user = turn.become(user(turn).with(news));
    deliver(Channel.EMAIL, Send.of(user.userId(), "welcome", "registered", Map.of()), turn);
  }

  @Handles("USER_UPDATED")
  void updated(Preferences news, Turn<Notification> turn) {
    turn.become(user(turn).with(news));
  }

  @Handles("USER_ERASED")
  void erased(Turn<Notification> turn) {
    turn.become(Notification.erased(turn.self().key()));
  }

  @Handles(value = "ORDER_CREATED", waits = true)
  void orderCreated(Turn<Notification> turn) {
    mailOnce("order_created", turn);
  }

  @Handles(value = "ORDER_CONFIRMED", waits = true)
  void orderConfirmed(Turn<Notification> turn) {
    mailOnce("order_confirmed", turn);
  }

  @Handles(value = "ORDER_SHIPPED", waits = true)
  void orderShipped(Turn<Notification> turn) {
    mailOnce("order_shipped", turn);
  }

  @Handles(value = "SHIPMENT_DELAYED", waits = true)
  void shipmentDelayed(Turn<Notification> turn) {
    mail("shipment_delayed", turn);
  }

  @Handles(value = "PAYMENT_PROCESSED", waits = true)
  void paymentProcessed(Turn<Notification> turn) {
    mail("payment_processed", turn);
  }

  @Handles(value = "PAYMENT_FAILED", waits = true)
  void paymentFailed(Turn<Notification> turn) {
    mail("payment_failed", turn);
  }

  @Handles(value = "PAYMENT_REMINDER_SENT", waits = true)
  void paymentReminder(Turn<Notification> turn) {
    mail("payment_reminder", turn);
  }

  @Handles(value = "SUBSCRIPTION_CREATED", waits = true)
  void subscriptionCreated(Turn<Notification> turn) {
    mail("subscription_created", turn);
  }

  @Handles(value = "LOW_STOCK_ALERT", waits = true)
  void lowStock(Turn<Notification> turn) {
    deliver(Channel.EMAIL, sendOf("low_stock", providers.owner(), turn), turn);
  }

  @Handles("GET_NOTIFICATIONS")
  Notification user(Turn<Notification> turn) {
    return turn.state().orElseGet(() -> Notification.of(turn.self().key()));
  }

  private void mail(String template, Turn<Notification> turn) {
    deliver(Channel.EMAIL, sendOf(template, null, turn), turn);
  }

  /** Once for an order: a flow may ask for the same mail, and whoever is first sends it. */
  private void mailOnce(String template, Turn<Notification> turn) {
    Send send = sendOf(template, null, turn);
    String order = turn.message().payload().path("orderId").asString();
    deliver(Channel.EMAIL, new Send(send.userId(), send.to(), template, order, send.data()), turn);
  }

  /** The event fills the gaps; it is its own cause. */
  private static Send sendOf(String template, @Nullable String to, Turn<Notification> turn) {
    Map<String, String> data = new HashMap<>();
    turn.message()
        .payload()
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isValueNode()) {
                data.put(field.getKey(), field.getValue().asString());
              }
            });
    return new Send(turn.self().key(), to, template, turn.message().id().value(), data);
  }

  /** Once for a template and a cause: whatever isn't put off was decided before. */
  private void deliver(Channel channel, Send send, Turn<Notification> turn) {
    Notification user = user(turn);
    Notice before = user.notice(channel, send.template(), send.cause()).orElse(null);
    if (before != null && !before.isDeferred()) {
      return;
    }
    Template template = Template.named(send.template());
    String to = send.to() == null ? user.address(channel) : send.to();
    String objection = user.objection(channel, template, to).orElse(null);
    Instant awake = user.awake(turn.now());
    if (to == null || objection != null) {
      suppress(channel, send, String.valueOf(objection), turn);
    } else if (template.canWait() && awake.isAfter(turn.now())) {
      turn.sendAt(awake, channel.command(), send, send.id(channel));
      turn.become(user.with(Notice.deferred(channel, send, turn.now())));
    } else {
      String providerId = hand(channel, outgoing(channel, send, template, to, turn), turn);
      turn.become(user.with(Notice.sent(channel, send, turn.now(), providerId)));
      turn.emit(channel.sent(), Sent.of(send, providerId));
    }
  }

  private void suppress(Channel channel, Send send, String reason, Turn<Notification> turn) {
    turn.become(user(turn).with(Notice.suppressed(channel, send, turn.now(), reason)));
    turn.emit("NOTIFICATION_SUPPRESSED", Suppressed.of(channel, send, reason));
  }

  /** A refusal is a dead letter at once; what may pass is retried with the delivery. */
  private String hand(Channel channel, Outgoing message, Turn<Notification> turn) {
    try {
      return switch (channel) {
        case EMAIL -> providers.email().send(message);
        case SMS -> providers.sms().send(message);
        case PUSH -> providers.push().send(message);
      };
    } catch (ProviderException failure) {
      if (failure.isRefusal()) {
        throw turn.refuse("PROVIDER_REFUSED", String.valueOf(failure.getMessage()));
      }
      throw failure;
    }
  }

  private Outgoing outgoing(
      Channel channel, Send send, Template template, String to, Turn<Notification> turn) {
    Map<String, String> data = data(send, to, turn);
    template
        .missing(data)
        .ifPresent(
            gap -> {
              throw turn.refuse(
                  "DATA_MISSING", "the template " + template.name() + " needs " + gap + " in data");
            });
    return new Outgoing(
        send.id(channel),
        send.userId(),
        send.template(),
        send.cause(),
        to,
        template.subject(data),
        template.text(data));
  }

  /**
   * A magic link is told apart by its {@code linkId}; the token itself is made of it here, on its
   * way out, so that no table ever holds it.
   */
  private Map<String, String> data(Send send, String to, Turn<Notification> turn) {
    Map<String, String> data = new HashMap<>();
    String name = user(turn).name();
    data.put("name", name == null ? "and welcome" : name);
    if (send.data() != null) {
      data.putAll(send.data());
    }
    String linkId = data.get("linkId");
    if (send.template().equals("magic_link") && linkId != null) {
      data.put("token", tokens.token(linkId, to));
    }
    return data;
  }
}
