package shop.analytics;

import com.mixpanel.mixpanelapi.ClientDelivery;
import com.mixpanel.mixpanelapi.DeliveryOptions;
import com.mixpanel.mixpanelapi.MessageBuilder;
import com.mixpanel.mixpanelapi.MixpanelAPI;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.json.JSONObject;

/**
 * Mixpanel, through its own SDK, by its import: that takes events of any age and knows each by its
 * {@code $insert_id}, which is the message's id. Whatever fails is tried again by the delivery that
 * asked for it. Thread-safe.
 */
final class MixpanelForwarder implements Forwarder {
  static final String ADDRESS = "https://api.mixpanel.com";

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /**
   * Not strict: in its strict mode Mixpanel takes the events that it can use, and answers 400
   * because of one that it can't. The SDK tells that from no other failure, so one such event would
   * be sent for ever, and hold back those behind it.
   */
  private static final DeliveryOptions OPTIONS =
      new DeliveryOptions.Builder().importStrictMode(false).build();

  private final MixpanelAPI mixpanel;
  private final String token;
  private final MessageBuilder messages;

  private MixpanelForwarder(MixpanelAPI mixpanel, String token) {
    this.mixpanel = mixpanel;
    this.token = token;
    this.messages = new MessageBuilder(token);
  }

  /**
   * @param base where Mixpanel is, {@link #ADDRESS} or that of another region
   */
  static MixpanelForwarder of(String token, String base) {
    return of(token, base, ANSWER);
  }

  static MixpanelForwarder of(String token, String base, Duration answer) {
    MixpanelAPI mixpanel =
        new MixpanelAPI.Builder()
            .eventsEndpoint(base + "/track")
            .peopleEndpoint(base + "/engage")
            .groupsEndpoint(base + "/groups")
            .importEndpoint(base + "/import")
            .connectTimeout((int) CONNECT.toMillis())
            .readTimeout((int) answer.toMillis())
            .build();
    return new MixpanelForwarder(mixpanel, token);
  }

  @Override
  public void forward(String batch, List<Happened> events) {
    ClientDelivery delivery = new ClientDelivery();
    for (Happened event : events) {
      JSONObject properties = new JSONObject(event.properties());
      properties.put("$insert_id", event.id());
      properties.put("time", event.at().toEpochMilli());
      properties.put("token", token); // else the SDK would sign on with an app's own property
      delivery.addMessage(messages.importEvent(event.who(), event.name(), properties));
    }
    try {
      mixpanel.deliver(delivery, OPTIONS);
    } catch (IOException failure) {
      throw new ForwardException(
          "Mixpanel didn't take " + events.size() + " events: " + failure.getMessage(), failure);
    }
  }
}
