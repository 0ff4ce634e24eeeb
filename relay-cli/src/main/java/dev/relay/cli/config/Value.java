package dev.relay.cli.config;

import java.nio.file.Path;
import java.util.List;

/**
 * A configured value and where it came from.
 *
 * @param setting what it is the value of
 * @param items the value; one item unless the setting is a list; none where nothing is configured
 * @param origin who said so
 * @param base the folder that relative paths in it start from
 */
public record Value(Setting setting, List<String> items, Origin origin, Path base) {
  public Value {
    items = List.copyOf(items);
  }

  /** The value as one text; empty where nothing is configured. */
  public String text() {
    return items.isEmpty() ? "" : items.get(0);
  }

  /** The value for people: secrets are masked. */
  public String shown() {
    return setting.secret() && !text().isEmpty() ? "****" : String.join(", ", items);
  }

  /** Whether somebody said it, rather than the default. */
  public boolean configured() {
    return origin != Origin.DEFAULT;
  }

  /** The items as paths, relative ones from where the value was written. */
  public List<Path> paths() {
    return items.stream().map(item -> base.resolve(item).normalize()).toList();
  }

  /** Where it is configured, in words that can be looked up. */
  public String source() {
    return switch (origin) {
      case ENVIRONMENT -> "environment variable " + setting.variable();
      case ENV_FILE -> setting.variable() + " in .env";
      case PROJECT_FILE -> setting.key() + " in relay.yaml";
      case FLAG, DEFAULT -> origin.text();
    };
  }
}
