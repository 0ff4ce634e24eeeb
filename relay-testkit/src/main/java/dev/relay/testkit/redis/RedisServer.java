package dev.relay.testkit.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One Redis in a process of its own, on 127.0.0.1, that keeps nothing on disk. It stays on its port
 * over restarts and ends with this process at the latest. Not thread-safe.
 *
 * <pre>{@code
 * try (RedisServer redis = RedisServer.start()) {
 *   redis.command("SET", "a", "1");
 *   redis.freeze();
 *   redis.thaw();
 *   redis.restartEmpty();
 * }
 * }</pre>
 */
public final class RedisServer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(20);

  private final Path folder;
  private final int port = FreePort.find();
  private final int tlsPort;
  private final @Nullable String password;
  private final List<String> arguments;
  private @Nullable RedisProcess process;
  private boolean frozen;

  RedisServer(@Nullable String password, boolean tls, List<String> more) {
    this.password = password;
    try {
      this.folder = Files.createTempDirectory("relay-redis-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.tlsPort = tls ? FreePort.find() : 0;
    this.arguments = arguments(more);
  }

  private List<String> arguments(List<String> more) {
    List<String> all = new ArrayList<>(more);
    add(all, "--port", port, "--bind", "127.0.0.1", "--dir", folder);
    add(all, "--logfile", folder.resolve("log"));
    if (!more.contains("--sentinel")) {
      add(all, "--save", "", "--appendonly", "no", "--repl-diskless-sync-delay", 0);
    }
    if (password != null) {
      add(all, "--requirepass", password, "--masterauth", password);
    }
    if (tlsPort > 0) {
      Certificate.write(folder);
      add(all, "--tls-port", tlsPort, "--tls-auth-clients", "no");
      add(all, "--tls-cert-file", certificate(), "--tls-ca-cert-file", certificate());
      add(all, "--tls-key-file", folder.resolve("key.pem"));
    }
    return all;
  }

  private static void add(List<String> arguments, Object... words) {
    for (Object word : words) {
      arguments.add(word.toString());
    }
  }

  /** A server that lets everyone in. */
  public static RedisServer start() {
    return started(new RedisServer(null, false, List.of()));
  }

  /**
   * A server with options as on its command line.
   *
   * @param options for example {@code "--maxmemory", "10mb"}
   */
  public static RedisServer start(String... options) {
    return started(new RedisServer(null, false, List.of(options)));
  }

  /** A server whose default user has a password. */
  public static RedisServer withPassword(String password) {
    return started(new RedisServer(password, false, List.of()));
  }

  /** A server that takes encrypted connections on {@link #tlsPort()} as well. */
  public static RedisServer withTls() {
    return started(new RedisServer(null, true, List.of()));
  }

  static RedisServer started(RedisServer server) {
    try {
      server.launch();
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return port;
  }

  /** The port for encrypted connections; 0 where there are none. */
  public int tlsPort() {
    return tlsPort;
  }

  /** The certificate to trust, a PEM file; there with {@link #withTls} only. */
  public Path certificate() {
    return folder.resolve("cert.pem");
  }

  /** The process's id, for other signals. */
  public long pid() {
    return process().pid();
  }

  /**
   * Runs a command as the default user.
   *
   * @return the reply as text; the items of a list on lines of their own
   * @throws IllegalStateException with the text of an error reply
   */
  public String command(String... words) {
    try (RedisCall call = new RedisCall(port)) {
      if (password != null) {
        call.command(List.of("AUTH", password));
      }
      return call.command(List.of(words));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Forgets everything. */
  public void flush() {
    command("FLUSHALL");
  }

  /** Refuses writes, as a replica does that was a master before; or takes them again. */
  public void readOnly(boolean on) {
    if (on) {
      // a replica of nobody who answers
      command("REPLICAOF", "127.0.0.1", Integer.toString(FreePort.find()));
    } else {
      command("REPLICAOF", "NO", "ONE");
    }
  }

  /** Stops answering, connections open, until {@link #thaw}. */
  public void freeze() {
    process().signal("STOP");
    frozen = true;
  }

  /** Goes on where it was. */
  public void thaw() {
    process().signal("CONT");
    frozen = false;
  }

  /** Dies at once, and with it all it held. */
  public void kill() {
    if (process != null) {
      process.kill();
      process = null;
    }
    frozen = false;
  }

  /** Comes back on the same port with nothing in it; dies first where it lives. */
  public void restartEmpty() {
    kill();
    launch();
  }

  public boolean running() {
    return process != null && process.alive();
  }

  public boolean frozen() {
    return frozen;
  }

  /** Kills it and removes what it wrote. */
  @Override
  public void close() {
    kill();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RedisProcess process() {
    if (process == null) {
      throw new IllegalStateException("this Redis was killed");
    }
    return process;
  }

  private void launch() {
    RedisProcess launched = RedisProcess.start(RedisProgram.find(), arguments);
    process = launched;
    Await.until(START, () -> "redis-server doesn't answer: " + log(), this::answers);
  }

  private boolean answers() {
    if (!running()) {
      throw new IllegalStateException("redis-server ended at once: " + log());
    }
    try {
      return command("PING").equals("PONG");
    } catch (UncheckedIOException | IllegalStateException notYet) {
      return false;
    }
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException none) {
      return "it wrote no log";
    }
  }
}
