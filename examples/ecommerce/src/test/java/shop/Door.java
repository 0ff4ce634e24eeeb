package shop;

import dev.relay.message.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** A node's HTTP, as the command line and a shopper's browser call it. Thread-safe. */
record Door(int port) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** What came back. */
  record Answer(int status, String body) {
    JsonNode json() {
      return Json.mapper().readTree(body);
    }
  }

  Answer get(String path) {
    return call(request(path));
  }

  Answer post(String path, String body) {
    return call(posting(path, body));
  }

  /** Under an id, so that it happens once however often it is sent. */
  Answer post(String path, String body, String requestId) {
    return call(posting(path, body).header("Idempotency-Key", requestId));
  }

  private HttpRequest.Builder posting(String path, String body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(60));
  }

  private static Answer call(HttpRequest.Builder request) {
    HttpResponse<String> response = HTTP.sendAsync(request.build(), BodyHandlers.ofString()).join();
    return new Answer(response.statusCode(), response.body());
  }
}
