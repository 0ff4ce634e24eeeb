package dev.relay.chaos.cluster;

import dev.relay.chaos.node.NodeMain;
import dev.relay.chaos.node.NodeSettings;
import dev.relay.message.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One node process, from its start to its end. Thread-safe. */
final class NodeProcess {
  private static final List<String> JVM =
      List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  private final Process process;
  private final BufferedReader out;
  private final PrintStream in;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();

  private NodeProcess(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /** Starts it; what it logs goes to the end of a file. */
  static NodeProcess start(NodeSettings settings, Path log) throws IOException {
    ProcessBuilder builder = new ProcessBuilder();
    builder.command().add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    builder.command().addAll(JVM);
    builder.command().addAll(List.of("-cp", System.getProperty("java.class.path")));
    builder.command().add(NodeMain.class.getName());
    Process process = builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    NodeProcess node = new NodeProcess(process);
    node.in.println(Json.mapper().writeValueAsString(settings));
    Thread reader = new Thread(node::awaitReady, "chaos-node-ready");
    reader.setDaemon(true);
    reader.start();
    return node;
  }

  private void awaitReady() {
    try {
      String line = out.readLine();
      if (line != null && line.startsWith("ready ")) {
        port.complete(Integer.parseInt(line.substring("ready ".length())));
      } else {
        port.completeExceptionally(new IOException("instead of ready it said: " + line));
      }
    } catch (IOException gone) {
      port.completeExceptionally(gone);
    }
  }

  /** The port of its HTTP surface, once it takes requests. */
  CompletableFuture<Integer> port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  boolean ready() {
    return process.isAlive() && port.isDone() && !port.isCompletedExceptionally();
  }

  /** {@code kill -9}. */
  void kill() {
    process.destroyForcibly();
    await(20);
  }

  /** SIGTERM: it drains and ends. Says whether it did, within a bound. */
  boolean leave() {
    process.destroy();
    boolean left = await(45);
    process.destroyForcibly();
    return left;
  }

  void freeze() {
    Signal.STOP.to(process.pid());
  }

  void thaw() {
    Signal.CONT.to(process.pid());
  }

  /** Bytes of heap in use after a collection; empty of a node that isn't well. */
  synchronized OptionalLong heap() {
    if (!ready()) {
      return OptionalLong.empty();
    }
    in.println("heap");
    CompletableFuture<String> answer = new CompletableFuture<>();
    Thread reader = new Thread(() -> complete(answer), "chaos-node-heap");
    reader.setDaemon(true);
    reader.start();
    try {
      String line = answer.get(10, TimeUnit.SECONDS);
      return OptionalLong.of(Long.parseLong(line.substring("heap ".length())));
    } catch (ExecutionException | TimeoutException gone) {
      return OptionalLong.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return OptionalLong.empty();
    }
  }

  private void complete(CompletableFuture<String> answer) {
    try {
      String line = out.readLine();
      answer.complete(line == null ? "heap 0" : line);
    } catch (IOException gone) {
      answer.completeExceptionally(gone);
    }
  }

  private boolean await(int seconds) {
    try {
      return process.waitFor(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
