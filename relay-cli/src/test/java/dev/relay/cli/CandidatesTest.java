package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CandidatesTest {
  @TempDir Path folder;

  @Test
  void verbs_and_their_verbs_complete() {
    assertThat(after("c")).containsExactly("catalog", "completion");
    assertThat(after("catalog", "")).containsExactly("list", "show", "add", "apply");
    assertThat(after("help", "ex")).containsExactly("exit-codes");
    assertThat(after("help", "catalog", "s")).containsExactly("show");
  }

  @Test
  void flags_and_their_values_complete() {
    assertThat(after("send", "cart", "--t")).containsExactly("--timeout");
    assertThat(after("catalog", "list", "-o", "j")).containsExactly("json", "jsonl");
    assertThat(after("completion", "")).containsExactly("bash", "zsh", "fish");
    assertThat(after("errors", "lookup", "RLY-21")).contains("RLY-2101", "RLY-2107");
  }

  @Test
  void what_nobody_knows_completes_to_nothing() {
    assertThat(after("nonsense", "")).isEmpty();
    assertThat(after("catalog", "nonsense", "")).isEmpty();
    assertThat(after("send", "--file", "")).isEmpty();
  }

  @Test
  void without_a_node_there_are_no_live_names_and_no_complaint() {
    assertThat(after("send", "--url", "http://127.0.0.1:1", "")).isEmpty();
  }

  private List<String> after(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "__complete";
    System.arraycopy(words, 0, all, 1, words.length);
    Cli.Ran ran = Cli.in(folder).env("RELAY_URL", "http://127.0.0.1:1").run(all);
    assertThat(ran.err()).isEmpty();
    return ran.out().lines().map(line -> line.split("\t")[0]).toList();
  }
}
