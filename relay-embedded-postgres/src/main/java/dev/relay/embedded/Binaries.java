package dev.relay.embedded;

import dev.relay.embedded.EmbeddedPostgresException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * PostgreSQL's programs, unpacked.
 *
 * @param home the folder with {@code bin}, {@code lib} and {@code share}
 * @param platform what they were made for
 */
record Binaries(Path home, Platform platform) {

  /** Names what was unpacked; the last file to be written. */
  private static final String CONTENTS = "contents.txt";

  /** Chosen: nobody unpacks for an hour. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  /**
   * Finds the programs below {@code cache}, or unpacks them there (60 MB, about 2 s). Any number of
   * processes may do so at once: each unpacks into a folder of its own, the first to rename it
   * wins.
   */
  static Binaries below(Path cache, Platform platform) {
    URL archive = archive(platform);
    try {
      Binaries found = new Binaries(cache.resolve(folderName(archive, platform)), platform);
      if (!found.complete()) {
        found.unpack(archive, Folders.make(cache));
      }
      if (!Files.isExecutable(found.program("postgres"))) {
        throw notExecutable(cache);
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

  /**
   * Whether all is there that was unpacked. A power cut soon after unpacking leaves files empty,
   * and cleaners of temporary folders take some away.
   */
  private boolean complete() throws IOException {
    Path contents = home.resolve(CONTENTS);
    return Files.exists(contents) && Files.readString(contents).equals(contents(home));
  }

  /** How many files there are and how many bytes they have. */
  private static String contents(Path folder) throws IOException {
    long[] sum = new long[2];
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!file.endsWith(CONTENTS)) {
              sum[0]++;
              sum[1] += attributes.size();
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return "%d files, %d bytes\n".formatted(sum[0], sum[1]);
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

  private void unpack(URL archive, Path cache) throws IOException {
    FreeSpace.require(cache, FreeSpace.PROGRAMS_MEBIBYTES);
    removeLeftovers(cache);
    Path fresh = Files.createDirectory(aside());
    try (InputStream in = archive.openStream()) {
      TarXz.unpack(in, fresh);
      Files.writeString(fresh.resolve(CONTENTS), contents(fresh));
      rename(fresh);
    } finally {
      Folders.deleteQuietly(fresh);
    }
  }

  private void rename(Path fresh) throws IOException {
    if (Files.exists(home) && !complete()) {
      Path damaged = aside();
      Files.move(home, damaged, StandardCopyOption.ATOMIC_MOVE);
      Folders.deleteQuietly(damaged);
    }
    try {
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!complete()) {
        throw e;
      } // else another process was faster, with the same content
    }
  }

  private Path aside() {
    return home.resolveSibling(home.getFileName() + ".new-" + UUID.randomUUID());
  }

  /** What a process was unpacking when it was killed. */
  private void removeLeftovers(Path cache) throws IOException {
    Instant limit = Instant.now().minus(ABANDONED);
    try (DirectoryStream<Path> leftovers =
        Files.newDirectoryStream(cache, home.getFileName() + ".new-*")) {
      for (Path leftover : leftovers) {
        if (Files.getLastModifiedTime(leftover).toInstant().isBefore(limit)) {
          Folders.deleteQuietly(leftover);
        }
      }
    } catch (NoSuchFileException e) {
      // another process removes them too
    }
  }

  private static EmbeddedPostgresException notExecutable(Path cache) {
    return new EmbeddedPostgresException(
        Kind.NO_PERMISSION,
        "Programs in %s may not be run (is that disk mounted with \"noexec\"?): choose another folder for PostgreSQL's programs."
            .formatted(cache));
  }
}
