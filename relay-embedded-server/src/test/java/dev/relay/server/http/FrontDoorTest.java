package dev.relay.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.message.Json;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FrontDoorTest {
  private static final int MAX_BODY = 1 << 20;

  private final HttpClient http = HttpClient.newHttpClient();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final CountDownLatch gate = new CountDownLatch(1);
  private FrontDoor door;
  private HttpListener listener;

  @BeforeEach
  void listen() {
    Limits limits =
        Limits.DEFAULT
            .withBodyTimeout(Duration.ofMillis(400))
            .withHeaderTimeout(Duration.ofMillis(400))
            .withMaxRequests(3);
    List<Route> routes =
        List.of(
            Route.post("/echo", call -> call.answer(Answer.of(200, "text/plain", call.body()))),
            Route.get("/things/{name}", call -> answerText(call, call.parameter(0))),
            Route.get("/waits", this::waitForGate).waiting(),
            Route.get("/later", this::answerLater),
            Route.get("/broken", call -> call.answer(FrontDoorTest::fails)),
            Route.get("/vital", call -> answerText(call, "alive")).always());
    door = new FrontDoor(routes, limits, meters);
    listener = new HttpListener("127.0.0.1", 0, 1, door, limits);
  }

  @AfterEach
  void stop() {
    gate.countDown();
    listener.close();
    door.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/things/a, a",
    "/things/a%2Fb, a/b",
    "/things/%E2%82%AC, €",
    "/things/a+b, a+b",
    "/things/a%20b/, a b"
  })
  void a_parameter_is_decoded_once_and_whole(String path, String expected) throws Exception {
    assertThat(get(path).body()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%FF", "%C3%28", "a%F0%28%8C%28"})
  void a_parameter_that_is_no_utf8_is_refused(String coded) throws Exception {
    try (RawClient raw = new RawClient(listener.port())) {
      raw.send("GET /things/" + coded + " HTTP/1.1\r\nHost: x\r\n\r\n");

      assertThat(raw.readUntil("}")).startsWith("HTTP/1.1 400").contains("RLY-1002");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%zz", "%4"})
  void a_path_with_broken_coding_is_refused(String coded) throws Exception {
    try (RawClient raw = new RawClient(listener.port())) {
      raw.send("GET /things/" + coded + " HTTP/1.1\r\nHost: x\r\n\r\n");

      assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void an_unknown_path_is_a_problem_that_names_the_known_ones() throws Exception {
    HttpResponse<String> answer = get("/thing");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(Json.mapper().readTree(answer.body()).path("detail").asString())
        .contains("/thing;", "/things/{name}");
  }

  @Test
  void a_method_that_isnt_answered_is_told_which_are() throws Exception {
    HttpResponse<String> answer = send(request("/echo").DELETE());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("POST, OPTIONS");
  }

  @Test
  void options_lists_the_methods_and_head_leaves_the_body_out() throws Exception {
    HttpResponse<String> options =
        send(request("/things/a").method("OPTIONS", BodyPublishers.noBody()));
    HttpResponse<String> head =
        send(request("/things/abc").method("HEAD", BodyPublishers.noBody()));

    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(options.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Length")).hasValue("3");
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=latin1"
      })
  void a_content_type_that_isnt_read_is_refused(String type) throws Exception {
    HttpResponse<String> answer =
        send(request("/echo").header("Content-Type", type).POST(BodyPublishers.ofString("{}")));

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body()).contains("application/json");
  }

  @Test
  void a_body_without_a_content_type_is_refused() throws Exception {
    assertThat(send(request("/echo").POST(BodyPublishers.ofString("{}"))).statusCode())
        .isEqualTo(415);
  }

  @Test
  void a_refusal_that_left_a_small_body_unread_keeps_the_connection() throws Exception {
    try (RawClient raw = new RawClient(listener.port())) {
      raw.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{\"a\": 17}");
      assertThat(raw.readUntil("}")).startsWith("HTTP/1.1 415").doesNotContain("Connection: close");

      raw.send(head("GET /things/next", ""));

      assertThat(raw.readUntil("next")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void a_body_up_to_the_limit_arrives_whole_announced_or_in_chunks() throws Exception {
    byte[] body = bytes(MAX_BODY);

    assertThat(post(BodyPublishers.ofByteArray(body)).body()).isEqualTo(text(body));
    assertThat(post(chunked(body)).body()).isEqualTo(text(body));
  }

  @Test
  void a_body_over_the_limit_is_answered_413_announced_or_in_chunks() throws Exception {
    byte[] body = bytes(10 << 20);

    assertThat(post(BodyPublishers.ofByteArray(body)).statusCode()).isEqualTo(413);
    assertThat(post(chunked(body)).statusCode()).isEqualTo(413);
  }

  @Test
  void a_caller_who_asks_first_never_sends_a_body_that_is_too_large() throws Exception {
    try (RawClient raw = new RawClient(listener.port())) {
      raw.send(head("POST /echo", "Content-Length: 10485760\r\nExpect: 100-continue\r\n"));

      assertThat(raw.readAll()).startsWith("HTTP/1.1 413").contains("RLY-1003");
    }
  }

  @Test
  void a_caller_who_asks_first_is_told_to_continue() throws Exception {
    try (RawClient raw = new RawClient(listener.port())) {
      raw.send(head("POST /echo", "Content-Length: 2\r\nExpect: 100-continue\r\n"));
      assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100");

      raw.send("{}");

      assertThat(raw.readUntil("{}")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void a_body_that_dribbles_is_given_up_at_the_deadline() throws Exception {
    try (RawClient raw = new RawClient(listener.port())) {
      raw.send(head("POST /echo", "Content-Length: 20\r\n") + "{");

      assertThat(raw.readUntil("}")).startsWith("HTTP/1.1 408").contains("1 bytes of it");
    }
    awaitNobodyInside();
  }

  @Test
  void headers_that_dribble_are_given_up_at_the_deadline() throws Exception {
    try (RawClient raw = new RawClient(listener.port())) {
      raw.send("GET /things/a HTTP/1.1\r\nHost: x\r\nX-Slow: ");

      assertThat(raw.readAll()).doesNotContain("200 OK");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2000})
  void headers_without_end_are_refused(int count) throws Exception {
    String header = "X-Long-%d: " + "x".repeat(40_000 / count) + "\r\n";
    StringBuilder request = new StringBuilder("GET /things/a HTTP/1.1\r\nHost: x\r\n");
    for (int i = 0; i < count; i++) {
      request.append(header.formatted(i));
    }
    try (RawClient raw = new RawClient(listener.port())) {
      raw.send(request.append("\r\n").toString());

      assertThat(raw.readUntil("\r\n\r\n")).doesNotContain("200 OK");
    }
    awaitNobodyInside();
  }

  @Test
  void requests_sent_in_one_go_are_answered_in_order() throws Exception {
    try (RawClient raw = new RawClient(listener.port())) {
      raw.send(
          head("GET /later", "")
              + head("POST /echo", "Content-Length: 5\r\n")
              + "\"two\""
              + head("GET /things/three", ""));

      assertThat(raw.readUntil("three")).containsSubsequence("late", "two", "three");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Transfer-Encoding: chunked\r\n\r\nzzz\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Content-Length: -5\r\n\r\n",
        "nonsense\r\n\r\n"
      })
  void what_isnt_http_ends_the_connection_and_nothing_else(String nonsense) throws Exception {
    try (RawClient raw = new RawClient(listener.port())) {
      raw.send(nonsense);
      raw.stopSending();

      assertThat(raw.readAll()).doesNotContain("200 OK");
    }
    awaitNobodyInside();
    assertThat(get("/things/a").statusCode()).isEqualTo(200);
  }

  @Test
  void a_caller_who_leaves_in_the_middle_of_a_body_leaves_nothing_behind() throws Exception {
    try (RawClient raw = new RawClient(listener.port())) {
      raw.send(head("POST /echo", "Content-Length: 500000\r\n")).send(bytes(300_000));
      await().untilAsserted(() -> assertThat(inside()).isEqualTo(1));
    }

    awaitNobodyInside();
  }

  @Test
  void more_requests_than_may_be_inside_are_refused_early_but_vital_ones_are_not()
      throws Exception {
    List<CompletableFuture<HttpResponse<String>>> waiting =
        List.of(getLater("/waits"), getLater("/waits"), getLater("/waits"));
    await().untilAsserted(() -> assertThat(inside()).isEqualTo(3));

    HttpResponse<String> refused = get("/things/a");
    HttpResponse<String> vital = get("/vital");
    gate.countDown();

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(vital.statusCode()).isEqualTo(200);
    for (CompletableFuture<HttpResponse<String>> each : waiting) {
      assertThat(each.get(10, TimeUnit.SECONDS).body()).isEqualTo("waited");
    }
  }

  @Test
  void a_draining_server_finishes_what_it_accepted_and_refuses_the_rest() throws Exception {
    CompletableFuture<HttpResponse<String>> accepted = getLater("/waits");
    await().untilAsserted(() -> assertThat(inside()).isEqualTo(1));

    door.drain();
    HttpResponse<String> refused = get("/things/a");
    boolean emptyTooEarly = door.awaitEmpty(Duration.ofMillis(50));
    gate.countDown();

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("RLY-4002");
    assertThat(emptyTooEarly).isFalse();
    assertThat(accepted.get(10, TimeUnit.SECONDS).body()).isEqualTo("waited");
    assertThat(door.awaitEmpty(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void an_answer_that_cant_be_rendered_is_a_problem_and_no_hanging_request() throws Exception {
    HttpResponse<String> answer = get("/broken");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("RLY-5000").doesNotContain("Unsupported");
  }

  @Test
  void requests_are_timed_by_route_and_never_by_path() throws Exception {
    get("/things/a");
    get("/things/b");
    get("/nowhere");

    await()
        .untilAsserted(
            () -> {
              assertThat(timed("/things/{name}", "200")).isEqualTo(2);
              assertThat(timed("unmatched", "404")).isEqualTo(1);
            });
  }

  private long timed(String route, String status) {
    return meters
        .get("relay.http.requests")
        .tag("route", route)
        .tag("status", status)
        .timer()
        .count();
  }

  private void waitForGate(Call call) {
    try {
      gate.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    answerText(call, "waited");
  }

  private void answerLater(Call call) {
    new Thread(
            () ->
                call.answer(
                    () -> Answer.of(200, "text/plain", "late".getBytes(StandardCharsets.UTF_8))))
        .start();
  }

  private static Answer fails() {
    throw new UnsupportedOperationException("not to be seen");
  }

  private static void answerText(Call call, String text) {
    call.answer(Answer.of(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8)));
  }

  private void awaitNobodyInside() {
    await().untilAsserted(() -> assertThat(inside()).isZero());
  }

  private double inside() {
    return meters.get("relay.http.active").gauge().value();
  }

  private static String head(String line, String headers) {
    return line + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + headers + "\r\n";
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ('a' + i % 26);
    }
    return bytes;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static HttpRequest.BodyPublisher chunked(byte[] body) {
    return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
  }

  private HttpResponse<String> post(HttpRequest.BodyPublisher body) throws Exception {
    return send(request("/echo").header("Content-Type", "application/json").POST(body));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + path));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  private CompletableFuture<HttpResponse<String>> getLater(String path) {
    return http.sendAsync(request(path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
