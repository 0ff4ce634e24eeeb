package dev.relay.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoProcessesTest {

  @TempDir Path temp;

  @Test
  void a_folder_that_another_process_uses_is_refused_with_its_number() throws Exception {
    Path folder = temp.resolve("shop");
    try (ChildJvm first = ChildJvm.start(folder)) {
      assertThat(first.said().ready()).isTrue();
      String refusal = "process " + first.pid() + ": stop that first";
      assertThatThrownBy(() -> EmbeddedPostgres.at(folder).start())
          .isInstanceOf(EmbeddedPostgresException.class)
          .hasMessageContaining(refusal);
      try (ChildJvm second = ChildJvm.start(folder)) {
        assertThat(second.said().line()).startsWith("refused LOCKED").contains(refusal);
      }
      first.end();
    }
    EmbeddedPostgres.at(folder).start().close();
  }

  @Test
  void two_processes_that_start_on_one_folder_at_once_get_one_server() throws Exception {
    Path folder = temp.resolve("shop");
    try (ChildJvm one = ChildJvm.start(folder);
        ChildJvm other = ChildJvm.start(folder)) {
      assertThat(List.of(one.said().ready(), other.said().ready()))
          .containsExactlyInAnyOrder(true, false);
    }
  }

  @Test
  void processes_that_unpack_at_once_share_one_copy_which_is_mended_when_damaged()
      throws Exception {
    Path cache = temp.resolve("cache");
    try (ChildJvm one = unpacking(cache, "one");
        ChildJvm other = unpacking(cache, "other")) {
      for (ChildJvm child : List.of(one, other)) {
        try (Connection connection = child.said().connect()) {
          Rows.write(connection, "a");
        }
        child.end();
      }
    }
    assertThat(list(cache)).hasSize(1);
    Path home = list(cache).get(0);
    Path emptied = home.resolve("share/postgresql/postgres.bki");
    Files.write(emptied, new byte[0]);
    Files.delete(home.resolve("bin/initdb"));
    assertThat(Binaries.below(cache, Platform.current()).program("initdb")).isExecutable();
    assertThat(emptied).isNotEmptyFile();
    assertThat(list(cache)).containsExactly(home);
  }

  private ChildJvm unpacking(Path cache, String folder) throws IOException {
    String data = temp.resolve(folder).toString();
    return ChildJvm.start(
        List.of(), Map.of(), ChildJvm.classPath(entry -> true), data, cache.toString());
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }
}
