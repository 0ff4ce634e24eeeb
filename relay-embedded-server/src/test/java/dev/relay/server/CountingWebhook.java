package dev.relay.server;

import dev.relay.message.Json;
import dev.relay.node.SendRequest;
import dev.relay.server.webhook.Webhook;
import dev.relay.server.webhook.WebhookCall;
import java.util.List;
import java.util.Map;

/**
 * A caller that proves itself by a password, and says line by line what it has counted: {@code ID
 * EVENT NAME AMOUNT}.
 */
public final class CountingWebhook implements Webhook {
  @Override
  public String name() {
    return "counting";
  }

  @Override
  public List<SendRequest> receive(WebhookCall call) {
    if (call.query().equals("unset")) {
      throw call.notConfigured("COUNTING_SECRET", "ask who counts");
    }
    if (!"open sesame".equals(call.header("x-password"))) {
      throw call.refused("the password is wrong");
    }
    if (call.text().equals("stumble")) {
      throw new IllegalStateException("hunter2");
    }
    return call.text().lines().map(CountingWebhook::message).toList();
  }

  private static SendRequest message(String line) {
    String[] words = line.split(" ");
    Map<String, Object> payload =
        words.length > 3
            ? Map.of("name", words[2], "amount", Integer.valueOf(words[3]))
            : Map.of("name", words[2]);
    return SendRequest.to("tally", words[1], Json.mapper().valueToTree(payload))
        .withRequestId("counting/" + words[0]);
  }
}
