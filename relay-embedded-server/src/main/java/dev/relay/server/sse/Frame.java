package dev.relay.server.sse;

import dev.relay.message.CloudEventWriter;
import dev.relay.message.Json;
import dev.relay.message.Message;
import dev.relay.store.FeedEntry;
import dev.relay.store.FeedPosition;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.ByteArrayBuilder;

/**
 * One event as it goes over the wire: {@code id}, {@code event} and {@code data} of the HTML
 * standard's event stream. JSON escapes line ends, so the data is one line. Immutable by agreement.
 *
 * @param position where it stands in the feed
 * @param message what a filter looks at
 * @param bytes the lines, with the empty one that ends them
 */
record Frame(FeedPosition position, Message message, byte[] bytes) {
  static Frame of(FeedEntry entry) {
    ByteArrayBuilder bytes = new ByteArrayBuilder(512);
    bytes.write(
        ascii("id: " + entry.position() + "\nevent: " + entry.message().type() + "\ndata: "));
    try (JsonGenerator json = Json.mapper().createGenerator(bytes)) {
      json.configure(tools.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET, false);
      CloudEventWriter.write(json, entry.message());
    }
    bytes.write(ascii("\n\n"));
    return new Frame(entry.position(), entry.message(), bytes.toByteArray());
  }

  /**
   * What keeps a quiet connection open. It carries the position, so that a reader who comes back
   * doesn't have all that the filter left out searched through again.
   */
  static byte[] keepAlive(FeedPosition position) {
    return ascii(": keep-alive\nid: " + position + "\n\n");
  }

  /**
   * How long a reader waits before it comes back, in milliseconds, and from where it then goes on,
   * even if nothing has come by then.
   */
  static byte[] opening(FeedPosition position) {
    return ascii("retry: 2000\nid: " + position + "\n: open\n\n");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
