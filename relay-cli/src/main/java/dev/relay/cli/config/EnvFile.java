package dev.relay.cli.config;

import dev.relay.cli.failure.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A {@code .env} file: lines of {@code NAME=value}, with comments, quotes and {@code export}. */
final class EnvFile {
  private EnvFile() {}

  /** The variables of the file; none where there is no such file. */
  static Map<String, String> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return Map.of();
    }
    try {
      return parse(Files.readString(file), file);
    } catch (IOException e) {
      throw CommandFailure.usage(file + " can't be read: " + e.getMessage())
          .fix("make it readable for this user, or move it away");
    }
  }

  private static Map<String, String> parse(String text, Path file) {
    Map<String, String> variables = new HashMap<>();
    int number = 0;
    for (String raw : text.split("\n", -1)) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String assignment = line.startsWith("export ") ? line.substring(7).strip() : line;
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        throw CommandFailure.usage(file + ":" + number + " isn't NAME=value")
            .fix("write NAME=value, or put a # before the line");
      }
      variables.put(
          assignment.substring(0, equals).strip(), value(assignment.substring(equals + 1)));
    }
    return variables;
  }

  private static String value(String written) {
    String value = written.strip();
    char quote = value.isEmpty() ? ' ' : value.charAt(0);
    int end = value.indexOf(quote, 1);
    if ((quote == '"' || quote == '\'') && end > 0) {
      return value.substring(1, end);
    }
    int comment = value.indexOf(" #");
    return comment < 0 ? value : value.substring(0, comment).strip();
  }
}
