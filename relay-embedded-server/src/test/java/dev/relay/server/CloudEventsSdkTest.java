package dev.relay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.server.RunningNode.Node;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.MessageWriter;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The official CloudEvents SDK sends to a node and reads what it streams. */
@ExtendWith(RunningNode.class)
@Timeout(60)
class CloudEventsSdkTest {
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final String name = "sdk-" + UUID.randomUUID();
  private final JsonFormat format = new JsonFormat();
  private Caller caller;

  @BeforeEach
  void call(Node node) {
    caller = node.caller();
  }

  @Test
  void what_the_sdk_writes_in_structured_mode_is_published_and_read_back_by_it() {
    try (StreamReader reader = stream("structured")) {
      HttpResponse<String> answer =
          send((sdk, event) -> sdk.writeStructured(event, format), event("structured"));

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      checkRoundTrip(reader, "structured");
    }
  }

  @Test
  void what_the_sdk_writes_in_binary_mode_is_published_and_read_back_by_it() {
    try (StreamReader reader = stream("binary")) {
      HttpResponse<String> answer =
          send((sdk, event) -> sdk.writeBinary(event), event("binary \u00e4\u20ac"));

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      checkRoundTrip(reader, "binary \u00e4\u20ac");
    }
  }

  @Test
  void what_an_actor_emits_is_a_cloudevent_to_the_sdk() {
    try (StreamReader reader = new StreamReader(caller, "/api/events/stream?key=" + name, null)) {
      caller.post(
          "/api/actors/tally",
          "{\"event_type\": \"ADD\", \"payload\": {\"name\": \"%s\", \"amount\": 3}}"
              .formatted(name));
      await().untilAsserted(() -> assertThat(reader.seen()).hasSize(1));

      CloudEvent event = read(reader.seen().get(0).data());

      assertThat(event.getSpecVersion()).isEqualTo(io.cloudevents.SpecVersion.V1);
      assertThat(event.getSource()).isEqualTo(URI.create("/api/actors/tally/" + name));
      assertThat(event.getSubject()).isEqualTo(name);
      assertThat(event.getTime()).isNotNull();
      assertThat(event.getExtensionNames())
          .contains("correlationid", "causationid", "schemaversion");
      assertThat(text(event)).contains("\"amount\":3");
    }
  }

  @Test
  void a_batch_is_published_event_by_event_and_none_twice() {
    String batch =
        Stream.of(event("one"), event("two"))
            .map(event -> new String(format.serialize(event), StandardCharsets.UTF_8))
            .collect(Collectors.joining(",", "[", "]"));

    Caller.Reply first = batch(batch);
    Caller.Reply again = batch(batch);

    assertThat(first.status()).as(first.raw().body()).isEqualTo(202);
    assertThat(first.json().path("events").size()).isEqualTo(2);
    assertThat(again.json()).isEqualTo(first.json());
  }

  @Test
  void a_batch_says_which_event_is_refused_and_publishes_the_others() {
    CloudEvent good = event("good");
    CloudEvent bad = CloudEventBuilder.v1(good).withId("bad").withType("NOTHING").build();
    String batch = "[" + json(good) + "," + json(bad) + "]";

    try (StreamReader reader = stream("good")) {
      Caller.Reply reply = batch(batch);

      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.text("detail")).startsWith("event 2 of 2: ");
      assertThat(reply.text("remedy")).contains("no event is published twice");
      checkRoundTrip(reader, "good");
    }
    assertThat(batch("{}").status()).isEqualTo(400);
  }

  private void checkRoundTrip(StreamReader reader, String note) {
    await().untilAsserted(() -> assertThat(reader.seen()).hasSize(1));
    CloudEvent event = read(reader.seen().get(0).data());
    assertThat(event.getType()).isEqualTo("ADDED");
    assertThat(event.getDataContentType()).isEqualTo("application/json");
    assertThat(event.getExtension("traceparent")).isEqualTo(TRACE);
    assertThat(event.getExtension("correlationid")).isEqualTo(correlation(note));
    assertThat(text(event)).isEqualTo(payload(note));
  }

  private Caller.Reply batch(String body) {
    return caller.post("/api/events", body, "Content-Type", "application/cloudevents-batch+json");
  }

  /** Only what carries this correlation id, which is an extension attribute on the way in. */
  private StreamReader stream(String note) {
    String id = correlation(note.startsWith("binary") ? "binary \u00e4\u20ac" : note);
    return new StreamReader(caller, "/api/events/stream?correlation=" + id, null);
  }

  private String correlation(String note) {
    return name + "-" + note.charAt(0);
  }

  private CloudEvent event(String note) {
    return CloudEventBuilder.v1()
        .withId(correlation(note))
        .withSource(URI.create("/till/" + name))
        .withType("ADDED")
        .withExtension("traceparent", TRACE)
        .withExtension("correlationid", correlation(note))
        .withData("application/json", payload(note).getBytes(StandardCharsets.UTF_8))
        .build();
  }

  private String payload(String note) {
    return "{\"name\":\"" + name + "\",\"amount\":1,\"note\":\"" + note + "\"}";
  }

  private CloudEvent read(String json) {
    return format.deserialize(json.getBytes(StandardCharsets.UTF_8));
  }

  private String json(CloudEvent event) {
    return new String(format.serialize(event), StandardCharsets.UTF_8);
  }

  private static String text(CloudEvent event) {
    return new String(Objects.requireNonNull(event.getData()).toBytes(), StandardCharsets.UTF_8);
  }

  private HttpResponse<String> send(
      BiConsumer<MessageWriter<?, ?>, CloudEvent> mode, CloudEvent event) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + caller.port() + "/api/events"));
    MessageWriter<?, ?> writer =
        HttpMessageFactory.createWriter(
            request::setHeader, body -> request.POST(BodyPublishers.ofByteArray(body)));
    mode.accept(writer, event);
    try {
      return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
