package shoppers;

import dev.relay.message.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The nodes of a shop, over HTTP. A request that gets no answer (the node died, is stopping, is
 * full, or took too long) is made again, with the same request id, to the next node, until one
 * answers: so what was asked for is done once, and the caller knows whether it was. Thread-safe.
 */
final class Shop {
  /** A dead machine is noticed by this; a dead process at once. */
  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** Longer than the 30 s that a checkout may take; a frozen node costs this. */
  private static final Duration EXCHANGE = Duration.ofSeconds(40);

  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final List<String> nodes;
  private final Duration patience;
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicLong repeats = new AtomicLong();
  private volatile long answeredAt = System.nanoTime();
  private volatile long crowdedUntil = answeredAt;
  private volatile @Nullable Unanswered gone;

  /**
   * @param nodes addresses without a slash at the end
   * @param patience how long one request is repeated when there is no crowd, and how long all of
   *     the shop may be silent
   */
  Shop(List<String> nodes, Duration patience) {
    this.nodes = List.copyOf(nodes);
    this.patience = patience;
  }

  /** How often a request had to be made again. */
  long repeats() {
    return repeats.get();
  }

  /** More may be asked for than the shop can do until then, so that answers are late. */
  void crowdedUntil(long nanos) {
    crowdedUntil = nanos;
  }

  /**
   * @throws Unanswered where the shop was silent for too long
   */
  void mustBeThere() {
    Unanswered last = gone;
    if (last != null) {
      throw last;
    }
  }

  /**
   * Sends a message that changes something.
   *
   * @param requestId what makes it happen once
   * @throws Unanswered where the patience ended first
   */
  Answer send(String actor, String event, Map<String, ?> payload, String requestId) {
    return exchange("/api/actors/" + actor, envelope(event, payload).put("request_id", requestId));
  }

  /** As {@link #send}, answered within this time or with the time-out as the answer. */
  Answer send(
      String actor, String event, Map<String, ?> payload, String requestId, Duration within) {
    ObjectNode envelope = envelope(event, payload).put("request_id", requestId);
    return exchange("/api/actors/" + actor, envelope.put("timeout_ms", within.toMillis()));
  }

  /** Asks for something that changes nothing. */
  Answer query(String actor, String event, Map<String, ?> payload) {
    return exchange("/api/actors/" + actor, envelope(event, payload));
  }

  /** Reads a path; its parts are escaped by the caller. */
  Answer get(String path) {
    return exchange(path, null);
  }

  static String escape(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static ObjectNode envelope(String event, Map<String, ?> payload) {
    ObjectNode envelope = Json.mapper().createObjectNode().put("event_type", event);
    envelope.set("payload", Json.mapper().valueToTree(payload));
    return envelope;
  }

  private Answer exchange(String path, @Nullable ObjectNode envelope) {
    long begun = System.nanoTime();
    long pause = FIRST_PAUSE_MILLIS;
    String what = envelope == null ? path : envelope.path("event_type").asString("");
    String last = "";
    for (int attempt = 0; attempt == 0 || !isLost(begun); attempt++) {
      if (attempt > 0) {
        repeats.incrementAndGet();
        // a node that died leaves the others, so the first repeat needn't wait
        pause(attempt < nodes.size() ? 0 : pause, what);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
      }
      try {
        HttpResponse<String> response = http.send(request(path, envelope), BodyHandlers.ofString());
        if (isAnswer(response, envelope)) {
          answeredAt = System.nanoTime();
          return answer(response);
        }
        last = "HTTP " + response.statusCode() + " " + response.body();
      } catch (ConnectException e) {
        last = "nobody takes the connection";
      } catch (IOException | JacksonException e) {
        last = String.valueOf(e.getMessage());
      } catch (InterruptedException e) {
        throw interrupted(what);
      }
    }
    Unanswered unanswered = new Unanswered(what, last);
    if (isSilentSince(begun)) {
      gone = unanswered;
    }
    throw unanswered;
  }

  private boolean isLost(long begun) {
    long alone = Math.max(0, crowdedUntil - begun) + begun;
    return System.nanoTime() - alone > patience.toNanos() || isSilentSince(begun);
  }

  private boolean isSilentSince(long begun) {
    long heard = Math.max(0, answeredAt - begun) + begun;
    return System.nanoTime() - heard > patience.toNanos();
  }

  /** Whether it is the shop's last word: refusals are, time-outs only where one was asked for. */
  private static boolean isAnswer(HttpResponse<String> response, @Nullable ObjectNode envelope) {
    int status = response.statusCode();
    boolean timedOut = status == 504 && envelope != null && envelope.has("timeout_ms");
    boolean later = status >= 500 || status == 429;
    return timedOut || !later;
  }

  private static Answer answer(HttpResponse<String> response) {
    JsonNode body = Json.mapper().readTree(response.body());
    boolean replayed = response.headers().firstValue("Idempotent-Replayed").isPresent();
    return new Answer(response.statusCode(), body, replayed);
  }

  private HttpRequest request(String path, @Nullable ObjectNode envelope) {
    String node = nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size()));
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(node + path)).timeout(EXCHANGE);
    return envelope == null
        ? request.build()
        : request
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(envelope.toString()))
            .build();
  }

  /** Waits a tenth of a second, between two looks at the same thing. */
  static void rest() {
    pause(100, "waiting");
  }

  private static void pause(long millis, String what) {
    try {
      // jittered, so that those whom one failure met don't all come back at once
      Thread.sleep(millis == 0 ? 0 : ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
    } catch (InterruptedException e) {
      throw interrupted(what);
    }
  }

  private static Unanswered interrupted(String what) {
    Thread.currentThread().interrupt();
    return new Unanswered(what, "interrupted");
  }
}
