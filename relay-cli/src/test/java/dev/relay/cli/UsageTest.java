package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.cli.Cli.Ran;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          catlog                              | "relay" has no command "catlog"; did you mean "relay catalog"?
          catalog lst                         | "relay catalog" has no command "lst"; did you mean "relay catalog list"?
          xyzzy                               | "relay" has no command "xyzzy"
          --verion                            | "relay" has no option "--verion"
          catalog list --actr cart            | unknown option "--actr"; did you mean --actor?
          catalog list cart                   | unknown argument "cart"
          catalog show                        | missing required parameter: 'EVENT'
          send cart                           | missing required parameter: 'EVENT'
          send cart X                         | one payload is expected
          send cart X --json {} -             | 2 are given
          send cart X --json {} more          | unknown argument "more"
          send cart X --json {]               | --json isn't JSON at line 1, column 2
          send cart X --json {}{}             | one value is expected
          send cart X --file nosuch.json      | there is no file nosuch.json
          send cart X --json {} --timeout 5   | a duration looks like 500ms, 10s or 1m30s, found "5"
          actor state cart                    | the key is missing
          catalog list -o xml                 | expected one of [table, json, jsonl, yaml, name]
          catalog list --url nonsense://      | a node's address looks like http://localhost:3000
          completion tcsh                     | expected one of [bash, zsh, fish]
          """)
  void what_is_not_a_command_is_refused_with_code_2_and_a_way_out(String line, String sentence) {
    Ran ran = Cli.in(folder).run(line.split(" "));

    assertThat(ran.err()).contains(sentence).startsWith("error: ").contains("  fix  ");
    assertThat(ran.out()).isEmpty();
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  void an_unknown_error_code_is_not_found() {
    assertThat(Cli.in(folder).run("errors", "lookup", "RLY-9999").code()).isEqualTo(5);
  }

  @Test
  void no_node_is_unreachable_and_the_message_says_how_to_get_one() {
    Ran ran = Cli.in(folder).env("RELAY_URL", "http://127.0.0.1:1").run("actor", "list");

    assertThat(ran.code()).isEqualTo(6);
    assertThat(ran.err())
        .contains("no Relay node at http://127.0.0.1:1")
        .contains("relay serve")
        .contains("environment variable RELAY_URL");
  }

  @Test
  void colour_appears_only_where_a_person_looks_and_did_not_forbid_it() {
    assertThat(Cli.in(folder).onTerminal().run("nope").err()).contains("\u001b[");
    assertThat(Cli.in(folder).run("nope").err()).doesNotContain("\u001b[");
    assertThat(Cli.in(folder).onTerminal().env("NO_COLOR", "1").run("nope").err())
        .doesNotContain("\u001b[");
    assertThat(Cli.in(folder).run("errors", "lookup", "2101", "--color", "always").out())
        .contains("\u001b[");
  }
}
