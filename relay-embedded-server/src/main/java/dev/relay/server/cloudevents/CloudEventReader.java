package dev.relay.server.cloudevents;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.node.SendRequest;
import dev.relay.schema.Violation;
import dev.relay.server.http.PercentCoding;
import dev.relay.server.http.TraceContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a CloudEvent as an event to publish. {@code source} and {@code id} together are unique by
 * the standard, so they are the request id: the same event sent again is applied once.
 */
public final class CloudEventReader {
  /** The content type of the structured form. */
  public static final String STRUCTURED = "application/cloudevents+json";

  /** The content type of many in the structured form. */
  public static final String BATCH = "application/cloudevents-batch+json";

  private static final int LONGEST_REQUEST_ID = 200;

  private final List<Violation> violations = new ArrayList<>();
  private final Function<String, @Nullable String> attributes;
  private final String prefix;

  private CloudEventReader(Function<String, @Nullable String> attributes, String prefix) {
    this.attributes = attributes;
    this.prefix = prefix;
  }

  /** The structured form: one JSON object with everything in it. */
  public static SendRequest structured(JsonNode document) {
    CloudEventReader reader = new CloudEventReader(name -> text(document.path(name)), "/");
    if (document.has("data_base64")) {
      reader.refuse("data_base64", "dataContent", "isn't read; send the payload as JSON in data");
    }
    if (!document.has("data")) {
      reader.missing("data");
    }
    return reader.request(document.path("data"));
  }

  /** Many of the structured form in a JSON array; refused as a whole where one can't be read. */
  public static List<SendRequest> batch(JsonNode document) {
    if (!document.isArray()) {
      throw RelayException.of(ErrorCode.MALFORMED_REQUEST, "a batch is a JSON array of CloudEvents")
          .remedy("send one CloudEvent as " + STRUCTURED)
          .build();
    }
    List<SendRequest> requests = new ArrayList<>();
    for (JsonNode event : document) {
      requests.add(structured(event));
    }
    return requests;
  }

  /**
   * The binary form: attributes in headers that start with {@code ce-}, the payload as the body.
   */
  public static SendRequest binary(Function<String, @Nullable String> header, JsonNode data) {
    Function<String, @Nullable String> decoded =
        name -> {
          String value = header.apply("ce-" + name);
          return value == null ? null : PercentCoding.decode(value, false);
        };
    return new CloudEventReader(decoded, "ce-").request(data);
  }

  private SendRequest request(JsonNode data) {
    String version = required("specversion");
    if (!version.isEmpty() && !version.equals("1.0")) {
      refuse("specversion", "const", "is \"" + version + "\", must be \"1.0\"");
    }
    String id = required("id");
    String source = required("source");
    String type = required("type");
    if (!violations.isEmpty()) {
      throw RelayException.of(ErrorCode.MALFORMED_REQUEST, "this is no CloudEvent that can be read")
          .violations(violations)
          .remedy("CloudEvents 1.0 needs specversion, id, source and type")
          .build();
    }
    return SendRequest.publish(type, data)
        .withRequestId(requestId(source, id))
        .withTrace(
            attributes.apply("correlationid"), TraceContext.valid(attributes.apply("traceparent")));
  }

  /** Both as they are where that is short, which reads well in the database; else their digest. */
  private static String requestId(String source, String id) {
    String both = source + " " + id;
    if (both.length() <= LONGEST_REQUEST_ID) {
      return both;
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(both.getBytes(StandardCharsets.UTF_8));
      return "cloudevent " + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  private String required(String name) {
    String value = attributes.apply(name);
    if (value == null || value.isEmpty()) {
      missing(name);
      return "";
    }
    return value;
  }

  private void missing(String name) {
    violations.add(new Violation("", "required", "required attribute \"" + name + "\" is missing"));
  }

  private void refuse(String name, String keyword, String message) {
    violations.add(new Violation(prefix + name, keyword, message));
  }

  private static @Nullable String text(JsonNode value) {
    return value.isString() ? value.asString() : null;
  }
}
