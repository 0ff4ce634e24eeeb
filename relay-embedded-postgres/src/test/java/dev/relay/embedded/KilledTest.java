package dev.relay.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.embedded.ChildJvm.Said;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is killed, and whenever: the next start has every committed row, those of the tests
 * before included, since all work on one folder.
 */
class KilledTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir static Path folder;

  private static final List<String> COMMITTED = new ArrayList<>();

  @TempDir Path fresh;

  @Test
  void a_killed_jvm_takes_its_server_along_and_the_rows_stay() throws Exception {
    try (ChildJvm child = ChildJvm.start(folder)) {
      Said said = child.said();
      try (Connection connection = said.connect()) {
        commit(connection);
        commit(connection);
        child.kill();
      }
      await().atMost(LONG).until(() -> gone(said.serverPid()));
    }
    startHasAll();
  }

  @Test
  void a_start_right_after_the_kill_waits_for_the_old_server() throws Exception {
    for (int round = 0; round < 3; round++) {
      try (ChildJvm child = ChildJvm.start(folder);
          Connection connection = child.said().connect()) {
        commit(connection);
        child.kill();
      }
    }
    startHasAll();
  }

  @Test
  void a_killed_server_is_started_again_on_its_port() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.at(folder).start()) {
      commit(postgres);
      long first = postgres.pid();
      kill(first);
      await().atMost(LONG).until(() -> postgres.pid() != first);
      commit(postgres);
    }
    startHasAll();
  }

  @Test
  void a_server_left_over_by_a_killed_jvm_and_a_killed_watcher_is_stopped() throws Exception {
    final long orphan;
    try (ChildJvm child = ChildJvm.start(folder)) {
      Said said = child.said();
      orphan = said.serverPid();
      try (Connection connection = said.connect()) {
        commit(connection);
      }
      child.freeze(); // else it would start another server
      ProcessHandle shell = ProcessHandle.of(orphan).flatMap(ProcessHandle::parent).orElseThrow();
      List<ProcessHandle> watching =
          shell.children().filter(process -> process.pid() != orphan).toList();
      assertThat(watching).isNotEmpty().allMatch(ProcessHandle::destroyForcibly);
      assertThat(shell.destroyForcibly()).isTrue();
      child.kill();
      assertThat(gone(orphan)).isFalse();
    }
    startHasAll();
    assertThat(gone(orphan)).isTrue();
  }

  @Test
  void jvm_and_server_killed_together_recover() throws Exception {
    killBoth();
    assertThat(folder.resolve("data/postmaster.pid")).exists();
    startHasAll();
  }

  @Test
  void a_stale_process_id_that_a_stranger_has_by_now_is_no_obstacle() throws Exception {
    killBoth();
    Process stranger = new ProcessBuilder("sleep", "1000").start();
    try {
      Path file = folder.resolve("data/postmaster.pid");
      List<String> lines = Files.readAllLines(file);
      lines.set(0, Long.toString(stranger.pid()));
      Files.writeString(file, String.join("\n", lines) + "\n");
      startHasAll();
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void an_empty_or_damaged_pid_file_is_no_obstacle() throws Exception {
    killBoth();
    Path file = folder.resolve("data/postmaster.pid");
    for (String content : List.of("", "x\n", "\n\n\n")) {
      Files.writeString(file, content);
      startHasAll();
    }
  }

  @Test
  void a_first_start_killed_in_the_middle_leaves_a_folder_that_starts() throws Exception {
    try (ChildJvm child = ChildJvm.start(fresh)) {
      await().atMost(LONG).pollInterval(Duration.ofMillis(5)).until(() -> !unfinished().isEmpty());
      child.kill();
    }
    assertThat(fresh.resolve("data")).doesNotExist();
    try (EmbeddedPostgres postgres = EmbeddedPostgres.at(fresh).start()) {
      Rows.write(postgres, "a");
      assertThat(Rows.read(postgres)).isEqualTo("a");
    }
    // what the dying initdb still held at that moment goes with a later start
    await()
        .atMost(LONG)
        .until(
            () -> {
              EmbeddedPostgres.at(fresh).start().close();
              return unfinished().isEmpty();
            });
  }

  private void killBoth() throws Exception {
    try (ChildJvm child = ChildJvm.start(folder)) {
      Said said = child.said();
      try (Connection connection = said.connect()) {
        commit(connection);
      }
      child.freeze(); // else it would start another server
      kill(said.serverPid());
      child.kill();
      await().atMost(LONG).until(() -> gone(said.serverPid()));
    }
  }

  private static void commit(Connection connection) throws SQLException {
    String row = "row %03d".formatted(COMMITTED.size());
    Rows.write(connection, row);
    COMMITTED.add(row);
  }

  private static void commit(EmbeddedPostgres postgres) throws SQLException {
    try (Connection connection = Rows.connect(postgres)) {
      commit(connection);
    }
  }

  private static void startHasAll() throws SQLException {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.at(folder).start()) {
      assertThat(Rows.read(postgres)).isEqualTo(String.join(",", COMMITTED));
    }
  }

  private List<Path> unfinished() throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(fresh, "data.new-*")) {
      return StreamSupport.stream(found.spliterator(), false).toList();
    }
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  private static boolean gone(long pid) {
    return ProcessHandle.of(pid).map(process -> !process.isAlive()).orElse(true);
  }
}
