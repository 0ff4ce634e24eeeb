package dev.relay.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Driver and child talk in lines: the driver sends JSON, the child answers {@code ok JSON} or
 * {@code failed TEXT}. Not safe for use by several threads.
 */
final class Wire {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String OK = "ok ";
  private static final String FAILED = "failed ";

  private final BufferedReader in;
  private final PrintStream out;

  Wire(InputStream in, OutputStream out) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
  }

  /** The child's end; what libraries print goes to standard error from now on. */
  static Wire ofStandardStreams() {
    Wire wire = new Wire(System.in, System.out);
    System.setOut(System.err);
    return wire;
  }

  void send(Object order) {
    out.println(JSON.writeValueAsString(order));
  }

  /** The driver's next order, or null when the driver is gone. */
  <T> @Nullable T order(Class<T> type) throws IOException {
    String line = in.readLine();
    return line == null ? null : JSON.readValue(line, type);
  }

  void answer(Object answer) {
    out.println(OK + JSON.writeValueAsString(answer));
  }

  void failed(Throwable cause) {
    out.println(FAILED + cause.toString().replace('\n', ' '));
  }

  /**
   * The child's answer.
   *
   * @throws IOException when the child says that it failed, or says nothing any more
   */
  <T> T answer(Class<T> type) throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new IOException("it ended without an answer");
    }
    if (line.startsWith(OK)) {
      return JSON.readValue(line.substring(OK.length()), type);
    }
    throw new IOException(line.startsWith(FAILED) ? line.substring(FAILED.length()) : line);
  }
}
