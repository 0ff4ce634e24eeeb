package dev.relay.testkit.redis;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the server's program. */
final class RedisProgram {
  private static final String VARIABLE = "RELAY_TEST_REDIS";

  private RedisProgram() {}

  /**
   * Where it is.
   *
   * @throws IllegalStateException where there is none
   */
  static Path find() {
    String named = System.getenv(VARIABLE);
    if (named != null && !named.isEmpty()) {
      return Path.of(named);
    }
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      for (String name : List.of("redis-server", "valkey-server")) {
        Path program = Path.of(folder, name);
        if (Files.isExecutable(program)) {
          return program;
        }
      }
    }
    return unpacked();
  }

  private static Path unpacked() {
    String name = resource();
    ClassLoader loader = RedisProgram.class.getClassLoader();
    try (@Nullable InputStream program = name == null ? null : loader.getResourceAsStream(name)) {
      if (program == null) {
        throw new IllegalStateException(
            "no redis-server on the PATH and none on the class path for this machine: install one,"
                + " name it with "
                + VARIABLE
                + ", or add com.github.codemonstur:embedded-redis in scope test");
      }
      Path target = Path.of(System.getProperty("java.io.tmpdir"), "relay-" + name);
      if (!Files.isExecutable(target)) {
        Path fresh = Files.createTempFile("relay-redis", ".tmp");
        Files.copy(program, fresh, StandardCopyOption.REPLACE_EXISTING);
        if (!fresh.toFile().setExecutable(true)) {
          throw new IllegalStateException(fresh + " can't be made executable");
        }
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable String resource() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    boolean arm = machine.contains("aarch64") || machine.contains("arm64");
    if (system.contains("linux")) {
      return arm ? "redis-server-6.2.7-linux-arm64" : "redis-server-6.2.6-v5-linux-amd64";
    }
    if (system.contains("mac")) {
      return arm ? "redis-server-6.2.6-v5-darwin-arm64" : "redis-server-6.2.6-v5-darwin-amd64";
    }
    return null;
  }
}
