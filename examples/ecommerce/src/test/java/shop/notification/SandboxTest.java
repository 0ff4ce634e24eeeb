package shop.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTest {
  @TempDir Path folder;

  @Test
  void what_it_takes_can_be_looked_at_and_is_there_once() throws IOException {
    Sandbox sandbox = new Sandbox(folder);
    Outgoing mail = mail("ann@example.com");

    String first = sandbox.email(mail);
    String again = sandbox.email(mail);

    assertThat(again).isEqualTo(first);
    try (Stream<Path> files = Files.list(folder.resolve("email"))) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      assertThat(all.get(0))
          .content()
          .contains("To: ann@example.com", "Subject: Hello", "Hello Ann");
    }
  }

  @Test
  void it_fails_for_receivers_that_begin_with_fail() {
    Outgoing mail = mail("fail@example.com");

    assertThatThrownBy(() -> new Sandbox(folder).email(mail))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("fail@example.com");
  }

  private static Outgoing mail(String to) {
    return new Outgoing("ann/m1", "ann", "welcome", "m1", to, "Hello", "Hello Ann");
  }
}
