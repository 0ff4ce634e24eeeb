package dev.relay.server.http;

import dev.relay.message.Json;
import dev.relay.server.problem.Problem;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.ByteArrayBuilder;

/** What goes back: status, headers, bytes. Immutable by agreement: nobody changes the bytes. */
public final class Answer {
  /** Most answers fit without growing the buffer; measured on the cart's. */
  private static final int USUAL_BYTES = 512;

  private static final byte[] NOTHING = {};

  private final int status;
  private final String contentType;
  private final byte[] body;
  private final List<Header> headers;

  record Header(HttpString name, String value) {}

  private Answer(int status, String contentType, byte[] body, List<Header> headers) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.headers = headers;
  }

  /** JSON, written straight to bytes. */
  public static Answer json(int status, Consumer<JsonGenerator> content) {
    return new Answer(status, "application/json", bytes(content), List.of());
  }

  /** That it went well, as a JSON object with these fields. */
  public static Answer success(Consumer<JsonGenerator> fields) {
    return json(
        200,
        json -> {
          json.writeStartObject();
          json.writeBooleanProperty("success", true);
          fields.accept(json);
          json.writeEndObject();
        });
  }

  /** A problem document, with {@code Retry-After} where a later repeat may work. */
  public static Answer problem(Problem problem, String instance) {
    byte[] body = bytes(json -> problem.write(json, instance));
    Answer answer = new Answer(problem.type().status(), Problem.CONTENT_TYPE, body, List.of());
    int seconds = problem.type().retryAfterSeconds();
    return seconds > 0 ? answer.with(Headers.RETRY_AFTER, String.valueOf(seconds)) : answer;
  }

  public static Answer of(int status, String contentType, byte[] body) {
    return new Answer(status, contentType, body, List.of());
  }

  /** Nothing but a status. */
  public static Answer empty(int status) {
    return new Answer(status, "", NOTHING, List.of());
  }

  public Answer with(HttpString name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new Answer(status, contentType, body, List.copyOf(more));
  }

  int status() {
    return status;
  }

  String contentType() {
    return contentType;
  }

  byte[] body() {
    return body;
  }

  List<Header> headers() {
    return headers;
  }

  private static byte[] bytes(Consumer<JsonGenerator> content) {
    ByteArrayBuilder bytes = new ByteArrayBuilder(USUAL_BYTES);
    try (JsonGenerator json = Json.mapper().createGenerator(bytes)) {
      content.accept(json);
    }
    return bytes.toByteArray();
  }
}
