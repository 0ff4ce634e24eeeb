package dev.relay.bench.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code /proc/<pid>/stat} (or of a thread's), as proc(5) describes it.
 *
 * @param name the command or thread name, at most 15 characters
 * @param own seconds of processor time spent so far
 * @param ofEnded seconds of its children that have ended and been waited for
 */
record ProcStat(String name, double own, double ofEnded) {
  /** USER_HZ, which is 100 on every Linux architecture that Java runs on. */
  static final double TICKS_PER_SECOND = 100;

  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;

  /** What the file says, or null when the process has ended or this is no Linux. */
  static @Nullable ProcStat read(Path file) {
    try {
      return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return null;
    }
  }

  /** The name may contain blanks and parentheses, so the fields count from the last one. */
  static ProcStat parse(String line) {
    int nameEnd = line.lastIndexOf(')');
    String[] fields = line.substring(nameEnd + 2).split(" ", -1);
    return new ProcStat(
        line.substring(line.indexOf('(') + 1, nameEnd),
        seconds(fields, USER, SYSTEM),
        seconds(fields, CHILDREN_USER, CHILDREN_SYSTEM));
  }

  private static double seconds(String[] fields, int user, int system) {
    return (Long.parseLong(fields[user]) + Long.parseLong(fields[system])) / TICKS_PER_SECOND;
  }
}
