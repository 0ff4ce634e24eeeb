package dev.relay.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A reader of server-sent events, as the HTML standard describes one. */
final class StreamReader implements AutoCloseable {
  /** One event. */
  record Seen(String id, String type, String data) {}

  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final InputStream in;
  private final HttpResponse<InputStream> response;
  private volatile String lastId = "";
  private volatile boolean ended;

  StreamReader(Caller caller, String path, @Nullable String lastEventId) {
    HttpRequest.Builder request = caller.request(path);
    if (lastEventId != null) {
      request.setHeader("Last-Event-ID", lastEventId);
    }
    try {
      response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
    in = response.body();
    Thread thread = new Thread(this::read, "reader of " + path);
    thread.setDaemon(true);
    thread.start();
  }

  int status() {
    return response.statusCode();
  }

  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  List<Seen> seen() {
    return seen;
  }

  String lastId() {
    return lastId;
  }

  boolean ended() {
    return ended;
  }

  private void read() {
    String type = "message";
    StringBuilder data = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          lastId = line.substring(4);
        } else if (line.startsWith("event: ")) {
          type = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data.append(line.substring(6));
        } else if (line.isEmpty() && data.length() > 0) {
          seen.add(new Seen(lastId, type, data.toString()));
          data.setLength(0);
        }
      }
    } catch (IOException closed) {
      // the end of the stream is what the test looks at
    }
    ended = true;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }
}
