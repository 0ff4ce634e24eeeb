package dev.relay.server.endpoint;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.BoundedJsonReader;
import dev.relay.message.JsonLimits;
import dev.relay.message.MalformedJsonException;
import tools.jackson.databind.JsonNode;

/** Reads bodies as JSON. Thread-safe. */
public final class RequestJson {
  private final BoundedJsonReader reader;

  /**
   * @param maxBodyBytes the limit of the server; depth and number of values keep their defaults
   */
  public RequestJson(int maxBodyBytes) {
    JsonLimits limits = JsonLimits.DEFAULT;
    this.reader =
        new BoundedJsonReader(new JsonLimits(maxBodyBytes, limits.maxDepth(), limits.maxValues()));
  }

  /**
   * Reads one document.
   *
   * @throws RelayException where it isn't taken as JSON
   */
  JsonNode read(byte[] body) {
    if (body.length == 0) {
      throw RelayException.of(ErrorCode.MALFORMED_JSON, "the body is empty, expected is JSON")
          .build();
    }
    try {
      return reader.read(body);
    } catch (MalformedJsonException malformed) {
      throw RelayException.of(code(malformed.kind()), "the body " + malformed.getMessage()).build();
    }
  }

  private static ErrorCode code(MalformedJsonException.Kind kind) {
    return switch (kind) {
      case MALFORMED -> ErrorCode.MALFORMED_JSON;
      case TOO_LARGE -> ErrorCode.TOO_LARGE;
      case TOO_COMPLEX -> ErrorCode.TOO_COMPLEX;
    };
  }
}
