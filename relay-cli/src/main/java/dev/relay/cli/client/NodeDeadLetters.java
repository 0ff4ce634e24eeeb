package dev.relay.cli.client;

import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Dead letters through a node. */
public record NodeDeadLetters(NodeClient node) implements DeadLetterAccess {
  private static final String PATH = "/api/dead-letters";

  @Override
  public JsonObject list(Map<String, String> filter, @Nullable String after, int limit) {
    StringBuilder query = new StringBuilder("?limit=" + limit);
    filter.forEach(
        (name, value) ->
            query.append('&').append(name).append('=').append(NodeClient.escape(value)));
    return node.get(PATH + query + (after == null ? "" : "&after=" + NodeClient.escape(after)));
  }

  @Override
  public JsonObject show(String id) {
    return node.get(PATH + "/" + NodeClient.escape(id));
  }

  @Override
  public JsonObject retry(String id) {
    return node.post(PATH + "/" + NodeClient.escape(id) + "/retry", "{}");
  }

  @Override
  public JsonObject retry(String id, String payload) {
    return node.post(
        PATH + "/" + NodeClient.escape(id) + "/retry", "{\"payload\":" + payload + "}");
  }

  @Override
  public JsonObject discard(String id, String reason) {
    String body = reason.isEmpty() ? "{}" : JsonText.line(Map.of("reason", reason));
    return node.post(PATH + "/" + NodeClient.escape(id) + "/discard", body);
  }

  @Override
  public JsonObject retryAll(Map<String, String> filter) {
    return node.post(PATH + "/retry", JsonText.line(meant(filter)));
  }

  @Override
  public JsonObject discardAll(Map<String, String> filter, String reason) {
    Map<String, Object> body = meant(filter);
    if (!reason.isEmpty()) {
      body.put("reason", reason);
    }
    return node.post(PATH + "/discard", JsonText.line(body));
  }

  private static Map<String, Object> meant(Map<String, String> filter) {
    Map<String, Object> body = new LinkedHashMap<>(filter);
    if (body.isEmpty()) {
      body.put("all", true);
    }
    return body;
  }
}
