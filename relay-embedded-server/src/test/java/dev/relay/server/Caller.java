package dev.relay.server;

import dev.relay.message.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Calls a server and reads JSON. */
final class Caller {
  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;

  Caller(int port) {
    this.port = port;
  }

  /** What came back. */
  record Reply(int status, HttpResponse<String> raw, JsonNode json) {
    String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }

    String text(String field) {
      return json.path(field).asString("");
    }

    List<String> pointers() {
      return json.path("violations").valueStream().map(v -> v.path("pointer").asString()).toList();
    }
  }

  Reply get(String path) {
    return send(request(path));
  }

  Reply post(String path, String body, String... headers) {
    return send(posting(path, body, headers));
  }

  CompletableFuture<Reply> postLater(String path, String body) {
    return http.sendAsync(posting(path, body).build(), BodyHandlers.ofString())
        .thenApply(Caller::reply);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(30));
  }

  Reply send(HttpRequest.Builder request) {
    try {
      return reply(http.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  int port() {
    return port;
  }

  private HttpRequest.Builder posting(String path, String body, String... headers) {
    HttpRequest.Builder request =
        request(path)
            .POST(BodyPublishers.ofString(body))
            .setHeader("Content-Type", "application/json");
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return request;
  }

  private static Reply reply(HttpResponse<String> raw) {
    boolean json =
        raw.headers().firstValue("Content-Type").orElse("").contains("json")
            && !raw.body().isEmpty();
    return new Reply(
        raw.statusCode(),
        raw,
        json ? Json.mapper().readTree(raw.body()) : MissingNode.getInstance());
  }
}
