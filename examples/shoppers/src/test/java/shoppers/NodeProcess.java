package shoppers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** A node of the shop as its operator starts it, in a process of its own, at a port that stays. */
final class NodeProcess implements AutoCloseable {
  /** A loaded machine starts a node in ten seconds; this only ends a test that would hang. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final int port;
  private final Path folder;
  private final Map<String, String> environment;
  private int starts;
  private Process process;

  /**
   * Starts it.
   *
   * @param folder where its logs go
   * @param environment where its Postgres and its Redis are
   */
  NodeProcess(Path folder, Map<String, String> environment) {
    this.port = freePort();
    this.folder = folder;
    this.environment = environment;
    this.process = start();
  }

  /**
   * Below those that the system gives to clients, so that nobody takes it while the node is dead.
   */
  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(21_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        continue;
      }
    }
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  private Path log() {
    return folder.resolve("node-" + port + "-" + starts + ".log");
  }

  private Process start() {
    starts++;
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "serve",
            OpenShop.EXAMPLE.resolve("actors").toString(),
            "--port",
            String.valueOf(port));
    try {
      Files.createDirectories(folder);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log().toFile());
      // what the machine that tests has configured for itself
      builder.environment().keySet().removeIf(name -> name.matches("(POSTGRES|REDIS|RELAY)_.*"));
      builder.environment().putAll(environment);
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it takes work. */
  NodeProcess awaitReady() {
    await().atMost(PATIENCE).until(() -> said().contains("Ready in") || !process.isAlive());
    assertThat(process.isAlive()).as(said()).isTrue();
    return this;
  }

  /** {@code kill -9}, and another in its place. */
  void killAndRestart() {
    kill();
    process = start();
  }

  private void kill() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String said() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
