package dev.relay.cli.config;

import dev.relay.cli.output.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one run of the command stands on. Not thread-safe.
 *
 * @param terminal what it reads and writes
 * @param environment the process's variables
 * @param directory the folder the user is in
 * @param project the project's folder: the nearest one upwards with a {@code relay.yaml}
 * @param settings the configuration
 */
public record Session(
    Terminal terminal,
    Map<String, String> environment,
    Path directory,
    Path project,
    Settings settings) {

  /**
   * Looks for the project and opens the session.
   *
   * @param fallback the project where none is found at or above the directory, or null for the
   *     directory itself
   */
  public static Session open(
      Terminal terminal, Map<String, String> environment, Path directory, @Nullable Path fallback) {
    Path project = project(directory);
    if (project == null) {
      project = fallback == null ? directory : fallback;
    }
    Settings settings = new Settings(environment, directory, project);
    return new Session(terminal, environment, directory, project, settings);
  }

  /** The folder of the project's own data. */
  public Path data() {
    return settings.value(Setting.DATA).paths().get(0);
  }

  private static @Nullable Path project(Path directory) {
    for (Path folder = directory; folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve("relay.yaml"))) {
        return folder;
      }
    }
    return null;
  }
}
