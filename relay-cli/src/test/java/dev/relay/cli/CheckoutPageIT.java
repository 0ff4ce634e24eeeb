package dev.relay.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types what docs/checkout.md says, in its order, and compares. */
class CheckoutPageIT {
  private static final Path EXAMPLE = Readme.REPOSITORY.resolve("examples/ecommerce");

  /** What changes nothing may be asked again until others have heard of what was done. */
  private static final Pattern LOOKING =
      Pattern.compile("(\\w+=\\$\\()?relay (flow show|send \\w+ (GET|CHECK)_).*");

  @TempDir static Path folder;

  private static PageShell shell;

  @BeforeAll
  static void serve() {
    shell =
        new PageShell(
            folder,
            builder -> builder.actors(EXAMPLE.resolve("actors")).flows(EXAMPLE.resolve("flows")));
  }

  @AfterAll
  static void stop() {
    shell.close();
  }

  @Test
  void every_branch_of_the_checkout_goes_as_the_page_says() throws Exception {
    List<Readme.Command> commands = Readme.of("docs/checkout.md").commands();
    assertThat(commands).hasSizeGreaterThanOrEqualTo(40);
    List<PageShell.Ran> wrong = new ArrayList<>();
    for (Readme.Command command : commands) {
      PageShell.Ran ran = settled(command);
      if (!isRight(ran)) {
        wrong.add(ran);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static PageShell.Ran settled(Readme.Command command) throws Exception {
    PageShell.Ran ran = shell.run(command);
    if (isRight(ran) || !LOOKING.matcher(ran.command()).matches()) {
      return ran;
    }
    try {
      return await().atMost(30, SECONDS).until(() -> shell.run(command), CheckoutPageIT::isRight);
    } catch (ConditionTimeoutException never) {
      return shell.run(command);
    }
  }

  private static boolean isRight(PageShell.Ran ran) {
    boolean refused = ran.shown().startsWith("error ");
    return refused == (ran.code() != 0) && ran.isAsShown();
  }
}
