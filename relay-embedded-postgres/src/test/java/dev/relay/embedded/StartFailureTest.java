package dev.relay.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.embedded.EmbeddedPostgresException.Kind;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartFailureTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FATAL:  could not write lock file \"postmaster.pid\": No space left on device | NO_SPACE",
        "FATAL:  could not create lock file \"postmaster.pid\": Read-only file system | NO_PERMISSION",
        "initdb: error: could not change permissions of directory \"d\": Operation not permitted | NO_PERMISSION",
        "relay-postgres: 5: /x/postgres: Permission denied | NO_PERMISSION",
        "FATAL:  data directory \"d\" has invalid permissions | NO_PERMISSION",
        "postgres: /lib/libc.so.6: version `GLIBC_2.27' not found (required by postgres) | PLATFORM_UNSUPPORTED",
        "relay-postgres: 5: /x/bin/initdb: not found | PLATFORM_UNSUPPORTED",
        "FATAL:  pre-existing shared memory block (key 2, ID 1) is still in use | LOCKED",
        "PANIC:  could not locate a valid checkpoint record at 0/1 | START_FAILED"
      })
  void postgres_own_words_tell_what_kind_of_failure_it_is(String words, Kind kind) {
    EmbeddedPostgresException failure =
        StartFailure.explain("It failed", words, Path.of("log"), Path.of("/shop/data"));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.getMessage()).doesNotContain("\n").endsWith(".");
  }
}
