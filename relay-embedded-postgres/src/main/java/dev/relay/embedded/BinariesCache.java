package dev.relay.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Chooses where the unpacked programs are kept when nobody says. */
final class BinariesCache {

  private BinariesCache() {}

  /** The user's cache folder, or the folder that {@code dataDirectory} is in. */
  static Path preferred(Path dataDirectory) {
    Path users = ofUser(Platform.current());
    if (users != null && writable(users)) {
      return users;
    }
    Path parent = dataDirectory.getParent();
    return parent == null ? dataDirectory : parent;
  }

  private static @Nullable Path ofUser(Platform platform) {
    String home = System.getProperty("user.home", "");
    String xdg = System.getenv("XDG_CACHE_HOME");
    String local = System.getenv("LOCALAPPDATA");
    if (platform.windows()) {
      return local == null ? null : Path.of(local, "relay");
    }
    if (xdg != null && xdg.startsWith("/")) {
      return Path.of(xdg, "relay");
    }
    // "?" is what the JVM says of a user without an entry in /etc/passwd
    if (!home.startsWith("/") || home.equals("/")) {
      return null;
    }
    return platform.linux() ? Path.of(home, ".cache/relay") : Path.of(home, "Library/Caches/relay");
  }

  private static boolean writable(Path folder) {
    Path path = folder;
    while (!Files.exists(path)) {
      Path parent = path.getParent();
      if (parent == null) {
        return false;
      }
      path = parent;
    }
    return Files.isDirectory(path) && Files.isWritable(path);
  }
}
