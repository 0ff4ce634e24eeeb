package dev.relay.chaos.load;

import dev.relay.message.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The HTTP surface of whichever nodes are up. Thread-safe. */
final class Nodes {
  /** The problems that pass, see docs/errors.md; the last is a handler that failed, as some do. */
  private static final Set<String> PASSING =
      Set.of(
          "RLY-4001",
          "RLY-4002",
          "RLY-4003",
          "RLY-4004",
          "RLY-4005",
          "RLY-4006",
          "RLY-4007",
          "RLY-4008",
          "RLY-5001");

  static final String OVERLOADED = "RLY-4001";

  /** Shorter than a node's own bound, so that clients also hear nothing of what goes on. */
  private static final Duration PATIENCE = Duration.ofMillis(2_500);

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(2))
          .version(HttpClient.Version.HTTP_1_1)
          .executor(
              Executors.newCachedThreadPool(
                  task -> {
                    Thread thread = new Thread(task, "chaos-http");
                    thread.setDaemon(true);
                    return thread;
                  }))
          .build();
  private final Supplier<List<Integer>> ports;

  Nodes(Supplier<List<Integer>> ports) {
    this.ports = ports;
  }

  /** Sends to an actor, through a node chosen by chance. */
  Answer send(
      Random random, String actor, String event, Object payload, @Nullable String requestId) {
    return post(random, "/api/actors/" + actor, event, payload, requestId);
  }

  /** Publishes through a node chosen by chance. */
  Answer publish(Random random, String event, Object payload, String requestId) {
    return post(random, "/api/events", event, payload, requestId);
  }

  private Answer post(
      Random random, String path, String event, Object payload, @Nullable String requestId) {
    ObjectNode body = Json.mapper().createObjectNode().put("event_type", event);
    body.set("payload", Json.mapper().valueToTree(payload));
    if (requestId != null) {
      body.put("request_id", requestId);
    }
    return post(random, path, body);
  }

  /** Posts a document to a node chosen by chance. */
  Answer post(Random random, String path, JsonNode body) {
    return call(random, path, HttpRequest.BodyPublishers.ofString(body.toString()), "POST");
  }

  /** What a node chosen by chance answers, an empty document where it is no answer. */
  JsonNode get(Random random, String path) {
    Answer answer = call(random, path, HttpRequest.BodyPublishers.noBody(), "GET");
    return answer instanceof Answer.Accepted accepted
        ? accepted.body()
        : Json.mapper().createObjectNode();
  }

  private Answer call(Random random, String path, HttpRequest.BodyPublisher body, String method) {
    List<Integer> known = ports.get();
    if (known.isEmpty()) {
      return new Answer.Open("no node is up");
    }
    URI uri = URI.create("http://127.0.0.1:" + known.get(random.nextInt(known.size())) + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(method, body)
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return answer(response);
    } catch (IOException | JacksonException broken) {
      return new Answer.Open(broken.toString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Answer.Open("interrupted");
    }
  }

  private static Answer answer(HttpResponse<String> response) {
    JsonNode body = Json.mapper().readTree(response.body());
    int status = response.statusCode();
    if (status == 200 || status == 202) {
      return new Answer.Accepted(body);
    }
    String code = body.path("code").asString("HTTP " + status);
    String detail = code + " " + body.path("detail").asString("");
    if (code.equals(OVERLOADED) && response.headers().firstValue("Retry-After").isEmpty()) {
      return new Answer.Refused(code, "no Retry-After: " + detail);
    }
    return PASSING.contains(code) ? new Answer.Open(detail) : new Answer.Refused(code, detail);
  }
}
