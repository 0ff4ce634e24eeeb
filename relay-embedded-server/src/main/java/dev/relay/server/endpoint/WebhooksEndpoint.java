package dev.relay.server.endpoint;

import dev.relay.Relay;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.schema.Nearest;
import dev.relay.server.http.Call;
import dev.relay.server.http.Endpoint;
import dev.relay.server.http.Route;
import dev.relay.server.webhook.Webhook;
import dev.relay.server.webhook.WebhookCall;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calls of other systems: the application says what they mean, and its actors are told. */
public final class WebhooksEndpoint implements Endpoint {
  private final Relay relay;
  private final Map<String, Webhook> webhooks = new LinkedHashMap<>();

  public WebhooksEndpoint(Relay relay, Collection<Webhook> webhooks) {
    this.relay = relay;
    for (Webhook webhook : webhooks) {
      Webhook other = this.webhooks.put(webhook.name(), webhook);
      if (other != null) {
        throw new IllegalStateException(
            "two webhooks are called "
                + webhook.name()
                + ": "
                + other.getClass().getName()
                + " and "
                + webhook.getClass().getName());
      }
    }
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.post("/api/webhooks/{name}", this::receive).readingAll().waiting());
  }

  private void receive(Call call) {
    Webhook webhook = webhooks.get(call.parameter(0));
    if (webhook == null) {
      throw unknown(call.parameter(0));
    }
    WebhookCall received =
        new WebhookCall(call.path(), call.queryText(), call.firstHeaders(), call.body());
    WebhookAnswer.whenThere(webhook.receive(received).stream().map(relay::send).toList(), call);
  }

  private RelayException unknown(String name) {
    String known =
        webhooks.isEmpty()
            ? "; this application has none"
            : Nearest.suggestion(name, webhooks.keySet())
                + "; there are "
                + String.join(", ", webhooks.keySet());
    return RelayException.of(
            ErrorCode.UNKNOWN_WEBHOOK, "there is no webhook called \"" + name + "\"" + known)
        .remedy("webhooks are classes of the application, see docs/http.md")
        .build();
  }
}
