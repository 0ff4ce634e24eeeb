import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.tools.ToolProvider;

/**
 * How long the short verbs take, beside a bare JVM of the same flags that prints one line.
 *
 * <pre>java relay-cli/src/bench/StartupBench.java [path of relay] [rounds]</pre>
 *
 * Best and median of the rounds, in milliseconds of wall time; run it on a quiet machine. The node
 * is one of straw that answers with a catalog of thirty events, so the verb is measured, not it.
 */
public final class StartupBench {
  private static final String EVENT =
      "{\"event_name\":\"EVENT_%d\",\"kind\":\"command\",\"schema_version\":\"1.0.0\",\"status\":"
          + "\"active\",\"payload_schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":"
          + "\"string\"}}},\"consumers\":[{\"actor\":\"cart\",\"pattern\":\"ask\"}]}";

  private StartupBench() {}

  public static void main(String[] args) throws Exception {
    String relay = args.length > 0 ? args[0] : "./relay";
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 21;
    HttpServer node = node();
    String url = "http://127.0.0.1:" + node.getAddress().getPort();
    Path classes = bareClass();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    System.out.println("Java " + System.getProperty("java.runtime.version") + ", " + rounds + " rounds");
    measure(rounds, "java -version", List.of(java, "-version"), url);
    measure(
        rounds,
        "bare JVM, one line",
        List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classes.toString(), "Bare"),
        url);
    measure(rounds, "relay --version", List.of(relay, "--version"), url);
    measure(rounds, "relay --help", List.of(relay, "--help"), url);
    measure(rounds, "relay catalog list", List.of(relay, "catalog", "list"), url);
    measure(rounds, "relay catalog show", List.of(relay, "catalog", "show", "EVENT_1"), url);
    measure(rounds, "relay send", List.of(relay, "send", "cart", "EVENT_1", "--json", "{}"), url);
    node.stop(0);
  }

  private static void measure(int rounds, String name, List<String> command, String url)
      throws IOException, InterruptedException {
    double[] millis = new double[rounds];
    for (int i = -2; i < rounds; i++) { // two for the file cache
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("RELAY_URL", url);
      long start = System.nanoTime();
      int code = builder.start().waitFor();
      long end = System.nanoTime();
      if (code != 0) {
        throw new IllegalStateException(command + " ended with " + code);
      }
      if (i >= 0) {
        millis[i] = (end - start) / 1e6;
      }
    }
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT, "%-20s best %4.0f  median %4.0f%n", name, millis[0], millis[rounds / 2]);
  }

  private static HttpServer node() throws IOException {
    StringBuilder events = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      events.append(i == 0 ? "" : ",").append(String.format(EVENT, i));
    }
    String answer =
        "{\"success\":true,\"event_id\":\"1\",\"data\":{\"total\":59.98},\"events_emitted\":[],\"events\":["
            + events
            + "]}";
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    HttpServer node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext(
        "/",
        call -> {
          call.getRequestBody().readAllBytes();
          call.sendResponseHeaders(200, body.length);
          call.getResponseBody().write(body);
          call.close();
        });
    node.start();
    return node;
  }

  private static Path bareClass() throws IOException {
    Path folder = Files.createTempDirectory("bare");
    Path source = folder.resolve("Bare.java");
    Files.writeString(
        source, "class Bare { public static void main(String[] a) { System.out.println(\"x\"); } }");
    ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString());
    return folder;
  }
}
