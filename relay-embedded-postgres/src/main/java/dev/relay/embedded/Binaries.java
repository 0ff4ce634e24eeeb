package dev.relay.embedded;

import dev.relay.embedded.EmbeddedPostgresException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * PostgreSQL's programs, unpacked.
 *
 * @param home the folder with {@code bin}, {@code lib} and {@code share}
 * @param platform what they were made for
 */
record Binaries(Path home, Platform platform) {

  /**
   * Finds the programs below {@code cache}, or unpacks them there (60 MB, about 2 s). Any number of
   * processes may do so at once: each unpacks into a folder of its own, the first to rename it
   * wins.
   */
  static Binaries below(Path cache, Platform platform) {
    URL archive = archive(platform);
    try {
      Path home = cache.resolve(folderName(archive, platform));
      Binaries found = new Binaries(home, platform);
      if (!found.complete()) {
        unpack(archive, home);
      }
      return found;
    } catch (IOException e) {
      throw FileFailure.of(e, cache);
    }
  }

  Path program(String name) {
    return home.resolve("bin").resolve(platform.program(name));
  }

  /** The first number of the version, for example 18: data is bound to it. */
  String majorVersion() throws IOException {
    Path catalog = home.resolve("share/postgresql/postgres.bki");
    if (!Files.exists(catalog)) {
      catalog = home.resolve("share/postgres.bki"); // the layout of the Windows archive
    }
    try (Stream<String> lines = Files.lines(catalog)) {
      return lines.findFirst().orElse("").replace("# PostgreSQL", "").trim();
    }
  }

  private boolean complete() {
    return Files.isExecutable(program("postgres")) && Files.isExecutable(program("initdb"));
  }

  private static URL archive(Platform platform) {
    URL found = Binaries.class.getClassLoader().getResource(platform.archive());
    if (found == null) {
      throw new EmbeddedPostgresException(
          Kind.PLATFORM_UNSUPPORTED,
          "No PostgreSQL for %s on %s is on the class path: add io.zonky.test.postgres:%s, or configure a PostgreSQL of your own."
              .formatted(platform.system(), platform.processor(), platform.artifact()));
    }
    return found;
  }

  /** A name that changes with the content, so that another version unpacks beside the old one. */
  private static String folderName(URL archive, Platform platform) throws IOException {
    URLConnection connection = archive.openConnection();
    connection.setUseCaches(false);
    long mark =
        connection instanceof JarURLConnection jar
            ? jar.getJarEntry().getCrc()
            : connection.getContentLengthLong();
    if (connection instanceof JarURLConnection jar) {
      jar.getJarFile().close();
    }
    return platform.archive().replace(".txz", "") + "-" + Long.toHexString(mark);
  }

  private static void unpack(URL archive, Path home) throws IOException {
    Path cache = Files.createDirectories(home.toAbsolutePath().getParent());
    FreeSpace.require(cache, 80);
    Path fresh = Files.createDirectory(cache.resolve(home.getFileName() + ".new-" + unique()));
    try (InputStream in = archive.openStream()) {
      TarXz.unpack(in, fresh);
      rename(fresh, home);
    } finally {
      Folders.deleteQuietly(fresh);
    }
  }

  private static void rename(Path fresh, Path home) throws IOException {
    try {
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw e;
    } catch (IOException e) {
      if (!Files.isDirectory(home)) {
        throw e;
      } // else another process was faster, with the same content
    }
  }

  private static String unique() {
    return ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());
  }
}
