package dev.relay.cli.client;

import dev.relay.cli.config.Value;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.failure.ExitCode;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.exc.StreamReadException;

/**
 * A running node, over HTTP. It stands on {@code HttpURLConnection}: {@code java.net.http} costs a
 * short verb some 0.3 s of processor time to load (measured), this costs 0.02 s.
 */
public final class NodeClient {
  /** A local node answers a connect in well under a millisecond; a far one may need a second. */
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final String base;
  private final Value origin;
  private final Duration connect;

  /** A node at the configured address. */
  public NodeClient(Value url) {
    this(url, CONNECT);
  }

  /** As {@link #NodeClient(Value)}, with another patience for the connect. */
  public NodeClient(Value url, Duration connect) {
    this.base = checked(url);
    this.origin = url;
    this.connect = connect;
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
    return exchange("GET", path, null, ANSWER);
  }

  public JsonObject post(String path, String body) {
    return exchange("POST", path, body, ANSWER);
  }

  /** As {@link #post(String, String)}, waiting for the answer as long as said. */
  public JsonObject post(String path, String body, Duration patience) {
    return exchange("POST", path, body, patience);
  }

  private JsonObject exchange(
      String method, String path, @Nullable String body, Duration patience) {
    HttpURLConnection connection = open(path);
    try {
      connection.setRequestMethod(method);
      connection.setConnectTimeout((int) connect.toMillis());
      connection.setReadTimeout((int) Math.min(patience.toMillis(), Integer.MAX_VALUE));
      connection.setRequestProperty("Accept", "application/json, application/problem+json");
      if (body != null) {
        send(connection, body);
      }
      return answer(connection.getResponseCode(), read(connection));
    } catch (SocketTimeoutException e) {
      throw timedOut(String.valueOf(e.getMessage()), patience);
    } catch (IOException e) {
      throw unreachable(e);
    } finally {
      connection.disconnect();
    }
  }

  private HttpURLConnection open(String path) {
    try {
      return (HttpURLConnection) new URI(base + path).toURL().openConnection(Proxy.NO_PROXY);
    } catch (URISyntaxException | IOException e) {
      throw CommandFailure.usage("not an address: " + base + path);
    }
  }

  private static void send(HttpURLConnection connection, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setFixedLengthStreamingMode(bytes.length);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(bytes);
    } catch (IOException e) {
      // a node that refuses a body closes while it is being written, and has answered by then
      if (connection.getResponseCode() < 400) {
        throw e;
      }
    }
  }

  private static String read(HttpURLConnection connection) throws IOException {
    InputStream in =
        connection.getResponseCode() < 400
            ? connection.getInputStream()
            : connection.getErrorStream();
    if (in == null) {
      return "";
    }
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private JsonObject answer(int status, String body) {
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

  private CommandFailure unreachable(IOException e) {
    String why = e instanceof java.net.UnknownHostException ? "unknown host" : cause(e);
    return CommandFailure.of(ExitCode.UNREACHABLE, "no Relay node at " + base + " (" + why + ")")
        .fix("start one with: relay serve\n" + address());
  }

  private static String cause(IOException e) {
    String message = e.getMessage();
    return message == null
        ? e.getClass().getSimpleName()
        : message.replace(" (Connection refused)", "");
  }

  private CommandFailure timedOut(String message, Duration patience) {
    boolean connecting = message.toLowerCase(java.util.Locale.ROOT).contains("connect");
    if (connecting) {
      return CommandFailure.of(
              ExitCode.UNREACHABLE,
              "no answer from " + base + " within " + connect.toSeconds() + " s")
          .fix(address());
    }
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
