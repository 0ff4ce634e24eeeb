package dev.relay.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Another JVM that runs {@link ServerMain}; killed at the latest when it is closed. */
final class ChildJvm implements AutoCloseable {

  /** What the child said once it was up, or the sentence with which it gave up. */
  record Said(String line) {
    boolean ready() {
      return line.startsWith("ready ");
    }

    long serverPid() {
      return Long.parseLong(words()[1]);
    }

    Connection connect() throws SQLException {
      return DriverManager.getConnection(words()[2], "relay", words()[3]);
    }

    private String[] words() {
      assertThat(line).startsWith("ready ");
      return line.split(" ");
    }
  }

  private final Process process;

  private ChildJvm(Process process) {
    this.process = process;
  }

  static ChildJvm start(Path folder) throws IOException {
    return start(List.of(), Map.of(), classPath(entry -> true), folder.toString());
  }

  /**
   * @param prefix what goes before {@code java} on the command line
   * @param environment changed variables
   */
  static ChildJvm start(
      List<String> prefix, Map<String, String> environment, String classPath, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath));
    command.add(ServerMain.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C.UTF-8"); // a path may have any letter
    builder.environment().putAll(environment);
    return new ChildJvm(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  static String classPath(Predicate<String> wanted) {
    return Stream.of(System.getProperty("java.class.path").split(":"))
        .filter(wanted)
        .collect(Collectors.joining(":"));
  }

  long pid() {
    return process.pid();
  }

  /** Waits for its one line. */
  Said said() throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return new Said(String.valueOf(output.readLine()));
  }

  /** Lets it do nothing more, not even notice what happens; {@link #kill} still works. */
  void freeze() throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-STOP", Long.toString(pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  /** Ends it as a user would. */
  void end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
