package dev.relay.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses where the unpacked programs are kept, and gets them from there. */
final class BinariesCache {

  private BinariesCache() {}

  /**
   * @param wanted what the user named; null to choose
   * @param folder the existing data directory
   * @param account who must be able to run the programs
   */
  static Binaries binaries(@Nullable Path wanted, Path folder, Account account, Platform platform)
      throws IOException {
    Binaries found =
        Binaries.below(wanted == null ? choose(folder, account, platform) : wanted, platform);
    if (!account.executesIn(found.home().resolve("bin"))) {
      throw Account.unreachable(found.home());
    }
    return found;
  }

  private static Path choose(Path folder, Account account, Platform platform) {
    for (Path candidate : candidates(folder, platform)) {
      Path existing = existing(candidate);
      if (Files.isDirectory(existing)
          && Files.isWritable(existing)
          && !writableByAll(existing)
          && account.executesIn(existing)) {
        return candidate;
      }
    }
    return folder;
  }

  private static List<Path> candidates(Path folder, Platform platform) {
    List<Path> candidates = new ArrayList<>();
    Path user = ofUser(platform);
    if (user != null) {
      candidates.add(user);
    }
    Path parent = folder.getParent();
    if (parent != null) {
      candidates.add(parent);
    }
    if (platform.linux()) {
      candidates.add(Path.of("/var/cache/relay")); // root's, when its home is closed to others
    }
    return candidates;
  }

  private static @Nullable Path ofUser(Platform platform) {
    String home = System.getProperty("user.home", "");
    if (platform.windows()) {
      String local = System.getenv("LOCALAPPDATA");
      return local == null ? null : Path.of(local, "relay");
    }
    String xdg = System.getenv("XDG_CACHE_HOME");
    if (xdg != null && xdg.startsWith("/")) {
      return Path.of(xdg, "relay");
    }
    // "?" is what the JVM says of a user who has no entry in /etc/passwd
    if (!home.startsWith("/") || home.equals("/")) {
      return null;
    }
    return Path.of(home, platform.system().equals("darwin") ? "Library/Caches" : ".cache", "relay");
  }

  /** Programs that anyone may replace aren't run: /tmp is no place for them. */
  static boolean writableByAll(Path existing) {
    try {
      PosixFileAttributeView posix =
          Files.getFileAttributeView(existing, PosixFileAttributeView.class);
      return posix != null
          && posix.readAttributes().permissions().contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException e) {
      return true;
    }
  }

  /** The folder itself, or the nearest above it that exists. */
  private static Path existing(Path folder) {
    Path path = folder;
    while (!Files.exists(path)) {
      Path parent = path.getParent();
      if (parent == null) {
        return path;
      }
      path = parent;
    }
    return path;
  }
}
