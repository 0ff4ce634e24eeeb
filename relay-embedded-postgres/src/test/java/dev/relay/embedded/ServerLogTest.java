package dev.relay.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerLogTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "'2026-11-23 01:11:34.623 UTC [7] FATAL:  no room\n2026 [7] LOG:  database system is shut down', no room",
    "'2026 [7] LOG:  unrecognized configuration parameter \"x\"\n2026 [7] FATAL:  configuration file \"f\" contains errors', unrecognized configuration parameter \"x\"",
    "'initdb: error: directory exists\nhint: none', directory exists",
    "'sh: 1: postgres: not found\n\n', sh: 1: postgres: not found",
    "'', it said nothing"
  })
  void the_last_word_is_the_line_that_tells_why(String words, String lastWord) {
    assertThat(ServerLog.lastWord(words)).isEqualTo(lastWord);
  }

  @Test
  void only_what_came_since_the_start_counts() throws IOException {
    Path file = folder.resolve("postgres.log");
    ServerLog log = new ServerLog(file);
    log.beginStart();
    Files.writeString(file, "FATAL:  old\n", StandardOpenOption.APPEND);
    log.beginStart();
    assertThat(log.sinceStart()).isEmpty();
    Files.writeString(file, "FATAL:  new\n", StandardOpenOption.APPEND);
    assertThat(log.sinceStart()).isEqualTo("FATAL:  new\n");
  }

  @Test
  void a_long_log_is_moved_aside_while_it_is_written() throws IOException {
    Path file = folder.resolve("postgres.log");
    ServerLog log = new ServerLog(file);
    log.beginStart();
    Files.write(file, new byte[ServerLog.LIMIT_BYTES], StandardOpenOption.APPEND);
    Files.writeString(file, "last\n", StandardOpenOption.APPEND);
    log.shorten();
    assertThat(file).isEmptyFile();
    assertThat(folder.resolve("postgres.log.old")).hasSize(ServerLog.LIMIT_BYTES);
    Files.writeString(file, "more\n", StandardOpenOption.APPEND);
    log.shorten();
    assertThat(log.sinceStart()).isEqualTo("more\n");
  }
}
