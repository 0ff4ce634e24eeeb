package dev.relay.cli.client;

import dev.relay.cli.config.Value;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.failure.ExitCode;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.exc.StreamReadException;

/** A running node, over HTTP. */
public final class NodeClient {
  /** A local node answers a connect in well under a millisecond; a far one may need a second. */
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private static final Duration ANSWER = Duration.ofSeconds(30);

  /** A stream says every 15 s that all is well; thrice that means the connection is dead. */
  private static final Duration QUIET = Duration.ofSeconds(45);

  private final String base;
  private final Value origin;
  private final Duration connect;
  private final Duration answer;

  /** A node at the configured address. */
  public NodeClient(Value url) {
    this(url, CONNECT, ANSWER);
  }

  /** As {@link #NodeClient(Value)}, waiting no longer than this for connection and answer each. */
  public NodeClient(Value url, Duration patience) {
    this(url, patience, patience);
  }

  private NodeClient(Value url, Duration connect, Duration answer) {
    this.base = checked(url);
    this.origin = url;
    this.connect = connect;
    this.answer = answer;
  }

  /** The address without a slash at the end. */
  public String base() {
    return base;
  }

  /** A path of segments and a query, each part escaped. */
  public static String escape(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  public JsonObject get(String path) {
    return exchange("GET", path, null, answer);
  }

  public JsonObject post(String path, String body) {
    return post(path, body, answer);
  }

  /** As {@link #post(String, String)}, waiting for the answer as long as said. */
  public JsonObject post(String path, String body, Duration patience) {
    return exchange("POST", path, new HttpCall.Body("application/json", body), patience);
  }

  /** As {@link #post(String, String)}, of another content type. */
  public JsonObject post(String path, String contentType, String body) {
    return exchange("POST", path, new HttpCall.Body(contentType, body), answer);
  }

  /**
   * Events as they come, until one side ends it.
   *
   * @param lastEventId after which the stream goes on, where it was read before
   */
  public EventSource stream(String path, @Nullable String lastEventId) {
    String resume = lastEventId == null ? "" : "Last-Event-ID: " + lastEventId + "\r\n";
    return reach(
        path,
        QUIET,
        call -> {
          HttpCall.Stream stream = call.stream("text/event-stream, application/json", resume);
          if (stream.status() == 200) {
            return new EventSource(stream);
          }
          try (stream) {
            read(stream.status(), new String(stream.body().readAllBytes(), StandardCharsets.UTF_8));
            throw stranger(stream.status());
          }
        });
  }

  private JsonObject exchange(
      String method, String path, HttpCall.@Nullable Body body, Duration patience) {
    return reach(
        path,
        patience,
        call -> {
          HttpCall.Answer answer = call.send(method, body);
          return read(answer.status(), answer.body());
        });
  }

  /** Something that is done with a call. */
  private interface Exchange<T> {
    T with(HttpCall call) throws IOException;
  }

  private <T> T reach(String path, Duration patience, Exchange<T> exchange) {
    try {
      return exchange.with(new HttpCall(new URI(base + path), connect, patience));
    } catch (URISyntaxException e) {
      throw CommandFailure.usage("not an address: " + base + path);
    } catch (SocketTimeoutException e) {
      throw timedOut(patience);
    } catch (HttpCall.ConnectTimeout e) {
      throw unreachable("it doesn't take the connection within " + connect.toMillis() + " ms");
    } catch (UnknownHostException e) {
      throw unreachable("unknown host");
    } catch (IOException e) {
      String message = e.getMessage();
      throw unreachable(message == null ? e.getClass().getSimpleName() : message);
    }
  }

  private JsonObject read(int status, String body) {
    JsonObject answer;
    try {
      answer = JsonText.object(body);
    } catch (StreamReadException e) {
      throw stranger(status);
    }
    if (status < 400) {
      return answer;
    }
    RuntimeException problem = Problem.of(answer);
    throw problem == null ? stranger(status) : problem;
  }

  private CommandFailure stranger(int status) {
    return CommandFailure.of(
            ExitCode.UNREACHABLE,
            "what answers at " + base + " isn't a Relay node (HTTP status " + status + ")")
        .fix(address());
  }

  private CommandFailure unreachable(String why) {
    return CommandFailure.of(ExitCode.UNREACHABLE, "no Relay node at " + base + " (" + why + ")")
        .fix("start one with: relay serve\n" + address());
  }

  private CommandFailure timedOut(Duration patience) {
    return CommandFailure.of(
            ExitCode.TIMED_OUT,
            "the node at " + base + " gave no answer within " + patience.toMillis() + " ms")
        .fix("the work may still be done; ask again, or allow more with --timeout");
  }

  private String address() {
    return "or name the node with --url or RELAY_URL (now from: " + origin.source() + ")";
  }

  private static String checked(Value url) {
    String text = url.text();
    String address = text.contains("://") ? text : "http://" + text;
    boolean http = address.startsWith("http://") || address.startsWith("https://");
    try {
      if (http && new URI(address).getHost() != null) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
      }
    } catch (URISyntaxException e) {
      // answered below, with every other text that isn't an address
    }
    throw CommandFailure.usage(
            "a node's address looks like http://localhost:3000, found \"" + text + "\"")
        .fix("mend it where it comes from: " + url.source());
  }
}
