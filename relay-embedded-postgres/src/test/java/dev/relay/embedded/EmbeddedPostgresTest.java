package dev.relay.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.embedded.EmbeddedPostgresException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

  /** One for all tests: each must leave it as it found it, and new data takes a second. */
  @TempDir static Path folder;

  @TempDir Path otherFolder;

  @Test
  void a_second_start_finds_the_rows_the_port_and_the_password_of_the_first() throws SQLException {
    int port;
    String password;
    try (EmbeddedPostgres postgres = EmbeddedPostgres.at(folder).start()) {
      Rows.clear(postgres);
      port = postgres.port();
      password = postgres.password();
      Rows.write(postgres, "a");
    }
    try (EmbeddedPostgres postgres = EmbeddedPostgres.at(folder).start()) {
      assertThat(Rows.read(postgres)).isEqualTo("a");
      assertThat(postgres.port()).isEqualTo(port);
      assertThat(postgres.password()).isEqualTo(password);
    }
  }

  @Test
  void a_folder_is_refused_while_this_process_uses_it_and_free_afterwards() throws IOException {
    EmbeddedPostgres first = EmbeddedPostgres.at(folder).start();
    try (first) {
      refused(Kind.LOCKED, () -> EmbeddedPostgres.at(folder).start(), "this process");
      // having looked at the lock file and closed it again would have dropped the lock for all
      try (ChildJvm other = ChildJvm.start(folder)) {
        assertThat(other.said().line()).startsWith("refused LOCKED");
      }
    }
    first.close();
    EmbeddedPostgres.at(folder).start().close();
    assertThat(ProcessHandle.of(first.pid())).isEmpty();
  }

  @Test
  void only_loopback_with_the_password_gets_in() throws SQLException, IOException {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.at(folder).start()) {
      assertThatThrownBy(
              () -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "guessed"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      assertThat(Rows.query(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(Rows.query(postgres, "show unix_socket_directories")).isEmpty();
      assertThat(Files.getPosixFilePermissions(folder.resolve("data/relay.properties")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(folder.resolve("postgres.log")).content().doesNotContain(postgres.password());
    }
  }

  @Test
  void what_is_committed_is_on_disk_and_settings_can_be_changed() throws SQLException {
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.at(folder)
            .setting("work_mem", "5MB")
            .setting("application_name", "it's")
            .start()) {
      assertThat(Rows.query(postgres, "show fsync")).isEqualTo("on");
      assertThat(Rows.query(postgres, "show synchronous_commit")).isEqualTo("on");
      assertThat(Rows.query(postgres, "show full_page_writes")).isEqualTo("on");
      assertThat(Rows.query(postgres, "show log_timezone")).isEqualTo("UTC");
      assertThat(Rows.query(postgres, "show server_encoding")).isEqualTo("UTF8");
      assertThat(Rows.query(postgres, "select lower('ÄÖ') || length('ä')")).isEqualTo("äö1");
      assertThat(Rows.query(postgres, "show work_mem")).isEqualTo("5MB");
    }
  }

  @Test
  void a_setting_that_belongs_to_the_server_is_refused_at_once() {
    EmbeddedPostgres.Builder builder = EmbeddedPostgres.at(folder);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.setting("Port", "1"))
        .withMessageContaining("port(int)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.setting("work_mem", "1MB\nfsync = off"));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.database("x\"; drop"));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.port(65536));
  }

  @Test
  void an_unknown_setting_fails_with_the_servers_own_words() {
    refused(
        Kind.START_FAILED,
        () -> EmbeddedPostgres.at(folder).setting("no_such_setting", "1").start(),
        "no_such_setting");
    EmbeddedPostgres.at(folder).start().close();
  }

  @Test
  void a_taken_port_is_refused_when_asked_for_and_avoided_when_not()
      throws IOException, SQLException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int taken = other.getLocalPort();
      refused(
          Kind.PORT_TAKEN, () -> EmbeddedPostgres.at(folder).port(taken).start(), "Port " + taken);
      Files.writeString(folder.resolve("port"), taken + "\n");
      try (EmbeddedPostgres postgres = EmbeddedPostgres.at(folder).start()) {
        assertThat(postgres.port()).isNotEqualTo(taken);
        Rows.write(postgres, "a");
      }
    }
  }

  @Test
  void another_database_is_made_beside_the_first_and_another_user_is_refused() throws SQLException {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.at(folder).start()) {
      Rows.clear(postgres);
      Rows.write(postgres, "a");
    }
    try (EmbeddedPostgres postgres = EmbeddedPostgres.at(folder).database("other-one").start()) {
      assertThat(Rows.query(postgres, "select current_database()")).isEqualTo("other-one");
      Rows.write(postgres, "b");
    }
    try (EmbeddedPostgres postgres = EmbeddedPostgres.at(folder).start()) {
      assertThat(Rows.read(postgres)).isEqualTo("a");
    }
    refused(
        Kind.DATA_UNUSABLE,
        () -> EmbeddedPostgres.at(folder).user("somebody").start(),
        "user relay");
  }

  @Test
  void data_of_another_version_or_of_another_making_is_refused() throws IOException {
    EmbeddedPostgres.at(folder).start().close();
    Path version = folder.resolve("data/PG_VERSION");
    String own = Files.readString(version);
    Files.writeString(version, "14\n");
    refused(Kind.VERSION_MISMATCH, () -> EmbeddedPostgres.at(folder).start(), "PostgreSQL 14");
    Files.writeString(version, own);
    Files.move(folder.resolve("data/relay.properties"), folder.resolve("away"));
    refused(Kind.DATA_UNUSABLE, () -> EmbeddedPostgres.at(folder).start(), "not made by Relay");
    Files.move(folder.resolve("away"), folder.resolve("data/relay.properties"));
    EmbeddedPostgres.at(folder).start().close();
  }

  @Test
  void a_file_in_the_place_of_the_folder_is_named() throws IOException {
    Path file = Files.createFile(otherFolder.resolve("file"));
    refused(Kind.START_FAILED, () -> EmbeddedPostgres.at(file).start(), file + " is a file");
  }

  @Test
  void a_link_to_a_folder_will_do() throws IOException {
    Path link = Files.createSymbolicLink(otherFolder.resolve("link"), folder);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.at(link).start()) {
      refused(Kind.LOCKED, () -> EmbeddedPostgres.at(folder).start(), "this process");
      assertThat(postgres.host()).isEqualTo("127.0.0.1");
    }
    Files.delete(link); // JUnit would warn of it
  }

  @Test
  void a_temporary_server_takes_its_folder_with_it() throws SQLException {
    Path data;
    try (EmbeddedPostgres postgres = EmbeddedPostgres.temporary()) {
      Rows.write(postgres, "a");
      assertThat(Rows.query(postgres, "show fsync")).isEqualTo("on");
      data = Path.of(Rows.query(postgres, "show data_directory"));
      assertThat(data).exists();
    }
    assertThat(data.getParent()).doesNotExist();
  }

  private static void refused(Kind kind, ThrowingCallable start, String part) {
    assertThatThrownBy(start)
        .isInstanceOfSatisfying(
            EmbeddedPostgresException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(part);
  }
}
