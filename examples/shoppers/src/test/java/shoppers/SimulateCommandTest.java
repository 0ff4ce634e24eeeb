package shoppers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.failure.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulateCommandTest {
  private static final String NOBODY = "http://127.0.0.1:1";

  @ParameterizedTest
  @CsvSource({
    "--rate 0,           '--rate is above 0, at most 10000, found 0.0'",
    "--rate NaN,         '--rate is above 0, at most 10000, found NaN'",
    "--products 0,       '--products is 1 to 1000, found 0'",
    "--users -3,         '--users is 1 to 100000, found -3'",
    "--run a/b,          '--run is 1 to 16 letters and digits, found a/b'",
    "--for 10,           'a duration looks like 500ms, 10s or 1m30s, found \"10\"'",
    "--url ftp://shop,   'a node''s address looks like http://localhost:3000'",
    "--speed 3,          'unknown option \"--speed\"'"
  })
  void what_cannot_be_meant_is_told_before_anything_is_done(String words, String message) {
    Cli ran = Cli.run(("simulate " + words).split(" "));

    assertThat(ran.err()).contains(message).contains("fix");
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE.number());
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void where_no_node_answers_it_says_how_to_start_one() {
    Cli ran = Cli.run("simulate", "--url", NOBODY + "," + NOBODY);

    assertThat(ran.err()).contains("no Relay node at " + NOBODY).contains("relay serve");
    assertThat(ran.code()).isEqualTo(ExitCode.UNREACHABLE.number());
  }

  @Test
  void a_shop_that_goes_away_ends_it() throws IOException {
    HttpServer fleeting = HttpServer.create(new InetSocketAddress(loopback(), 0), 0);
    fleeting.createContext(
        "/",
        exchange -> {
          boolean first = exchange.getRequestURI().getPath().equals("/api/actors/cart");
          byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(first ? 200 : 503, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    fleeting.start();
    try {
      String url = "http://127.0.0.1:" + fleeting.getAddress().getPort();
      Cli ran = Cli.run("simulate", "--url", url, "--patience", "200ms");

      assertThat(ran.err()).contains("the shop stopped answering").contains("HTTP 503");
      assertThat(ran.code()).isEqualTo(ExitCode.UNREACHABLE.number());
      assertThat(ran.out()).isEmpty();
    } finally {
      fleeting.stop(0);
    }
  }

  @Test
  void differences_are_a_failure() {
    Difference lost = new Difference("stock of lamp", "3", "2");
    Plan plan = new Plan("r", 7, 1, Duration.ofSeconds(1), 1, 1, Duration.ofSeconds(1), true);
    Report report =
        new Report(
            plan,
            1,
            0,
            0,
            0,
            0,
            new Timings(),
            List.of(new Check("stock", "3", "2", List.of(lost))));

    CommandFailure failure =
        catchThrowableOfType(CommandFailure.class, () -> SimulateCommand.conclude(report));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.text(dev.relay.cli.output.Style.PLAIN))
        .contains("!!")
        .contains("stock of lamp: expected 3, found 2")
        .contains("1 difference.");
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }
}
