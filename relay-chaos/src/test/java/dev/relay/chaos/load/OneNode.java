package dev.relay.chaos.load;

import dev.relay.message.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/** The HTTP surface of one node, asked with patience. Thread-safe. */
public final class OneNode {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .executor(
              Executors.newCachedThreadPool(
                  task -> {
                    Thread thread = new Thread(task, "chaos-one-node");
                    thread.setDaemon(true);
                    return thread;
                  }))
          .build();
  private final int port;

  public OneNode(int port) {
    this.port = port;
  }

  /**
   * What a node said.
   *
   * @param status of HTTP
   * @param body whatever it was, as JSON
   */
  public record Said(int status, JsonNode body) {
    /** Whether it is done, or safe. */
    public boolean accepted() {
      return status == 200 || status == 202;
    }

    /** The stable code of a problem; empty where it was accepted. */
    public String code() {
      return body.path("code").asString("");
    }
  }

  /** Sends to an actor. */
  public CompletableFuture<Said> send(String actor, String event, Object payload, String id) {
    return post("/api/actors/" + actor, event, payload, id);
  }

  /** Publishes. */
  public CompletableFuture<Said> publish(String event, Object payload, String id) {
    return post("/api/events", event, payload, id);
  }

  private CompletableFuture<Said> post(String path, String event, Object payload, String id) {
    Map<String, Object> body =
        path.equals("/api/events")
            ? Map.of("event_type", event, "payload", payload, "request_id", id)
            : Map.of(
                "event_type",
                event,
                "payload",
                payload,
                "request_id",
                id,
                "timeout_ms",
                PATIENCE.toMillis());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.mapper().writeValueAsString(body)))
            .build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApply(said -> new Said(said.statusCode(), Json.mapper().readTree(said.body())));
  }
}
