package dev.relay.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.cli.failure.ExitCode;
import dev.relay.failure.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorsLookupCommandTest {
  private static final Path DOCUMENT = Path.of("../docs/errors.md");

  @ParameterizedTest
  @EnumSource
  void every_error_code_has_a_page_that_says_what_helps(ErrorCode code) {
    assertThat(ErrorsLookupCommand.page(code)).as(code.code()).contains("\n- ");
  }

  /**
   * After a change: {@code mvn test -pl relay-cli -Dtest=ErrorsLookupCommandTest -Dupdate.docs=1}
   */
  @Test
  void the_document_holds_the_same_pages() throws IOException {
    if (System.getProperty("update.docs") != null) {
      Files.writeString(DOCUMENT, document());
    }
    assertThat(Files.readString(DOCUMENT)).isEqualTo(document());
  }

  private static String document() {
    StringBuilder document = new StringBuilder();
    document.append(
        """
        # Error codes

        Every failure that Relay foresees has a code that stays. `relay errors lookup CODE` shows the same pages at the
        terminal; the HTTP status of each is in [http.md](http.md), the exit codes are explained in [cli.md](cli.md).
        """);
    for (ErrorCode code : ErrorCode.values()) {
      document.append("\n## ").append(code.code()).append(": ").append(code.title()).append("\n\n");
      document.append(ErrorsLookupCommand.page(code)).append("\nExit code ");
      document.append(ExitCode.of(code).number()).append(".\n");
    }
    return document.toString();
  }
}
