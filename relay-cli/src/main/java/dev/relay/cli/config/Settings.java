package dev.relay.cli.config;

import dev.relay.cli.failure.CommandFailure;
import dev.relay.definition.Durations;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one run: flag, then environment, then {@code .env}, then {@code relay.yaml},
 * then default. Files are read when the first value is asked for. Not thread-safe.
 */
public final class Settings {
  private final Map<String, String> environment;
  private final Path directory;
  private final Path project;
  private final Map<Setting, List<String>> flags = new EnumMap<>(Setting.class);
  private @Nullable Map<String, String> envFile;
  private @Nullable Map<String, List<String>> projectFile;

  /**
   * @param environment the process's variables
   * @param directory the folder the user is in
   * @param project the folder with {@code relay.yaml} and {@code .env}
   */
  Settings(Map<String, String> environment, Path directory, Path project) {
    this.environment = environment;
    this.directory = directory;
    this.project = project;
  }

  /** Notes what the user said on the command line; null and an empty list say nothing. */
  public void flag(Setting setting, @Nullable String value) {
    if (value != null) {
      flags.put(setting, List.of(value));
    }
  }

  /** As {@link #flag(Setting, String)}, for a list. */
  public void flag(Setting setting, List<String> values) {
    if (!values.isEmpty()) {
      flags.put(setting, List.copyOf(values));
    }
  }

  /** The value that counts. */
  public Value value(Setting setting) {
    List<String> flag = flags.get(setting);
    if (flag != null) {
      return new Value(setting, flag, Origin.FLAG, directory);
    }
    String variable = environment.get(setting.variable());
    if (variable != null && !variable.isEmpty()) {
      return new Value(setting, items(setting, variable), Origin.ENVIRONMENT, directory);
    }
    String line = envFile().get(setting.variable());
    if (line != null && !line.isEmpty()) {
      return new Value(setting, items(setting, line), Origin.ENV_FILE, project);
    }
    List<String> written = projectFile().get(setting.key());
    if (written != null) {
      return new Value(setting, written, Origin.PROJECT_FILE, project);
    }
    String byDefault = setting.defaultText();
    List<String> items = byDefault == null ? List.of() : List.of(byDefault);
    return new Value(setting, items, Origin.DEFAULT, project);
  }

  /** Where a running node is expected: the port of {@code serve} unless a URL is configured. */
  public Value url() {
    Value url = value(Setting.URL);
    if (!url.items().isEmpty()) {
      return url;
    }
    Value port = value(Setting.PORT);
    return new Value(
        Setting.URL, List.of("http://localhost:" + port(Setting.PORT)), port.origin(), project);
  }

  /** Whether somebody said where a node is. */
  public boolean nodeNamed() {
    return !value(Setting.URL).items().isEmpty();
  }

  /** Whether a database of the user's own is configured: by anyone, in any part. */
  public boolean ownPostgres() {
    for (Setting setting : Setting.values()) {
      if (setting.postgres() && value(setting).configured()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a Redis is configured: by anyone, in any part. */
  public boolean redis() {
    for (Setting setting : Setting.values()) {
      if (setting.redis() && value(setting).configured()) {
        return true;
      }
    }
    return false;
  }

  /**
   * A port.
   *
   * @throws CommandFailure where it isn't a number from 0 to 65535
   */
  public int port(Setting setting) {
    Value value = value(setting);
    try {
      int port = Integer.parseInt(value.text().strip());
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // answered below, with every other value that isn't a port
    }
    throw CommandFailure.usage(
        "a port is a number from 0 to 65535, found \""
            + value.text()
            + "\" ("
            + value.source()
            + ")");
  }

  /**
   * How long something is kept.
   *
   * @throws CommandFailure where it isn't a duration of a day at least
   */
  public Duration kept(Setting setting) {
    Value value = value(setting);
    return Durations.parse(value.text())
        .filter(kept -> kept.compareTo(Duration.ofDays(1)) >= 0)
        .orElseThrow(
            () ->
                CommandFailure.usage(
                    setting.key()
                        + " is a day or longer, 30d for example, found \""
                        + value.text()
                        + "\" ("
                        + value.source()
                        + ")"));
  }

  /** The commands that {@code relay.yaml} adds, by name. */
  public List<DeclaredVerb> verbs() {
    List<DeclaredVerb> verbs = new ArrayList<>();
    for (Map.Entry<String, List<String>> entry : new TreeMap<>(projectFile()).entrySet()) {
      String key = entry.getKey();
      if (key.startsWith("verbs.") && key.endsWith(".class")) {
        String name = key.substring("verbs.".length(), key.length() - ".class".length());
        List<String> line = projectFile().getOrDefault("verbs." + name + ".line", List.of());
        verbs.add(
            new DeclaredVerb(name, String.join(" ", entry.getValue()), String.join(" ", line)));
      }
    }
    return verbs;
  }

  private static List<String> items(Setting setting, String text) {
    if (!setting.list()) {
      return List.of(text);
    }
    String between = setting == Setting.HOSTED_ACTORS ? "," : File.pathSeparator;
    return List.of(text.strip().split("\\s*" + Pattern.quote(between) + "\\s*"));
  }

  private Map<String, String> envFile() {
    if (envFile == null) {
      envFile = EnvFile.read(project.resolve(".env"));
    }
    return envFile;
  }

  private Map<String, List<String>> projectFile() {
    if (projectFile == null) {
      projectFile = ProjectFile.read(project.resolve("relay.yaml"));
    }
    return projectFile;
  }
}
