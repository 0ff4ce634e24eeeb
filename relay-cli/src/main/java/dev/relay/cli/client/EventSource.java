package dev.relay.cli.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events as the HTML standard describes them. Not thread-safe. */
public final class EventSource implements AutoCloseable {
  /**
   * One event.
   *
   * @param type its name; {@code message} where it has none
   * @param id the position to resume after
   */
  public record Event(String type, String id, String data) {}

  private final HttpCall.Stream stream;
  private final BufferedReader lines;
  private @Nullable String lastId;

  EventSource(HttpCall.Stream stream) {
    this.stream = stream;
    this.lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8), 16384);
  }

  /**
   * Waits for the next event; null where the node ends the stream.
   *
   * @throws java.net.SocketTimeoutException where not even a sign of life comes in time
   * @throws IOException where the connection breaks
   */
  public @Nullable Event next() throws IOException {
    String type = "message";
    StringBuilder data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("id: ")) {
        lastId = line.substring(4);
      } else if (line.startsWith("event: ")) {
        type = line.substring(7);
      } else if (line.startsWith("data: ")) {
        data.append(data.isEmpty() ? "" : "\n").append(line.substring(6));
      } else if (line.isEmpty() && !data.isEmpty()) {
        String id = lastId;
        return new Event(type, id == null ? "" : id, data.toString());
      }
    }
    return null;
  }

  /** After which to resume, known from the first moment on; null before that. */
  public @Nullable String lastId() {
    return lastId;
  }

  /** How long {@link #next} waits for a sign of life from now on. */
  public void patience(Duration longest) throws IOException {
    stream.socket().setSoTimeout((int) Math.max(1, longest.toMillis()));
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
