package dev.relay.cli.option;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;

/**
 * One word of a command line: what it may be, and, once the line is parsed, what the user said.
 *
 * @param spec picocli's side of it
 * @param <T> the type of the value
 */
public record Word<T>(ArgSpec spec) {
  /** What the user said, or null. */
  public @Nullable T orNull() {
    return spec.<@Nullable T>getValue();
  }

  /** What the user said, or else this. */
  public T or(T otherwise) {
    T value = orNull();
    return value == null ? otherwise : value;
  }

  /**
   * What the user had to say.
   *
   * @throws IllegalStateException where the word isn't a required one
   */
  public T value() {
    T value = orNull();
    if (value == null) {
      throw new IllegalStateException(spec.paramLabel() + " isn't a required word");
    }
    return value;
  }

  /** Whether the user said it. */
  public boolean said() {
    return orNull() != null && !Boolean.FALSE.equals(orNull());
  }
}
