package dev.relay.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchTest {
  @ParameterizedTest
  @CsvSource({
    "--only=nonsense, unknown contestant",
    "--carts=5, --carts must be",
    "--seconds=0, --seconds must be",
    "--rounds=0, --rounds must be",
    "--warmup=0, --warmup must be",
    "'--clients=1,0', --clients must be",
  })
  void an_option_that_makes_no_sense_is_refused_before_anything_starts(
      String option, String expected) {
    StringWriter err = new StringWriter();
    CommandLine command = new CommandLine(new Bench()).setErr(new PrintWriter(err));
    assertThat(command.execute(option)).isEqualTo(2);
    assertThat(err.toString()).contains(expected);
  }

  @Test
  void help_names_every_option_with_its_default() {
    StringWriter out = new StringWriter();
    CommandLine command = new CommandLine(new Bench()).setOut(new PrintWriter(out));
    assertThat(command.execute("--help")).isZero();
    assertThat(out.toString()).contains("--profile", "1,64,256", "10000", "-Xmx512m");
  }
}
