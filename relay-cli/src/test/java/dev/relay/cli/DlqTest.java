package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.cli.Cli.Ran;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code relay dlq} against a running node and against its database. Each test has its own key. */
class DlqTest {
  private static final Duration BOUND = Duration.ofSeconds(30);

  @TempDir static Path folder;

  private static RelayProcess node;

  @BeforeAll
  static void start() {
    node = RelayProcess.start(folder, "serve", ServeTest.ACTORS.toString(), "--port", "0");
    node.url();
  }

  @AfterAll
  static void stop() {
    assertThat(node.terminate()).as(node.said()).isZero();
  }

  @Test
  void a_dead_letter_is_listed_by_every_filter_and_shown_with_its_history() {
    String id = dead("listed", 1);

    Ran table = relay("dlq", "list", "--key", "listed");
    assertThat(table.out()).contains(id + "  follower/listed  ADDED  1 ", "TOO_MUCH");
    assertThat(ids("--actor", "follower", "--event", "ADDED", "--error", "too_much")).contains(id);
    assertThat(ids("--key", "listed", "--older-than", "1h")).isEmpty();
    assertThat(relay("dlq", "list", "--actor", "nobody").out()).isEqualTo("no dead letters\n");

    Ran shown = relay("dlq", "show", id);
    assertThat(shown.out())
        .contains("dead letter " + id, "to         follower/listed", "0 waiting, 0 delivered after")
        .containsPattern("1 +\\S+Z +RLY-\\d+ TOO_MUCH")
        .contains("\"count\": 5000");
    JsonObject letter = JsonText.object(relay("dlq", "show", id, "-o", "json").out());
    assertThat(letter.objects("history")).hasSize(1);
    assertThat(letter.object("payload").text("name")).isEqualTo("listed");
  }

  @Test
  void a_list_is_read_page_by_page() {
    dead("paged", 3);

    Ran first = relay("dlq", "list", "--key", "paged", "--limit", "2", "-o", "name");
    assertThat(first.out().lines()).hasSize(2);
    assertThat(first.err()).contains("2 of 3 shown; more: relay dlq list --key paged --after ");
    String after = first.err().strip().replaceAll(".* ", "");

    assertThat(relay("dlq", "list", "--key", "paged", "--after", after, "-o", "name").out().lines())
        .hasSize(1);
  }

  @Test
  void a_mended_letter_is_delivered() {
    String id = dead("mended", 1);

    Ran ran = relay("dlq", "edit", id, "--json", "{\"name\":\"mended\",\"count\":5}");

    assertThat(ran.err()).as(ran.out()).startsWith("owed again: ADDED to follower/mended");
    await().atMost(BOUND).until(() -> seen("mended").equals("1"));
    assertThat(ids("--key", "mended")).isEmpty();
    assertThat(relay("dlq", "show", id).code()).isEqualTo(5);
  }

  @Test
  void an_editor_opens_on_the_payload_and_what_is_wrong_is_kept() throws IOException {
    String id = dead("edited", 1);
    Ran wrong = withEditor("sed -i s/5000/true/", "dlq", "edit", id);
    Ran nothing = withEditor("true", "dlq", "edit", id);
    Ran broken = withEditor("sed -i s/5000/,/", "dlq", "edit", id);
    Ran failed = withEditor("false", "dlq", "edit", id);
    Ran none = relay("dlq", "edit", id);

    assertThat(wrong.code()).isEqualTo(3);
    assertThat(wrong.err()).contains("/count").contains("what you wrote is kept: relay dlq edit");
    String file = wrong.err().replaceAll("(?s).*--file (\\S+).*", "$1");
    assertThat(Files.readString(Path.of(file))).contains("true");
    Files.delete(Path.of(file));
    assertThat(nothing.err()).isEqualTo("nothing was changed, so nothing was done\n");
    assertThat(List.of(broken, failed, none)).extracting(Ran::code).containsExactly(2, 1, 2);
    assertThat(none.err()).contains("export EDITOR=vi");

    Ran right = withEditor("sed -i s/5000/7/", "dlq", "edit", id);
    assertThat(right.code()).as(right.err()).isZero();
    await().atMost(BOUND).until(() -> seen("edited").equals("1"));
  }

  @Test
  void a_letter_that_is_retried_unchanged_dies_again() {
    String id = dead("again", 1);

    assertThat(relay("dlq", "retry", id).err()).startsWith("owed again: ADDED to follower/again");

    await().atMost(BOUND).until(() -> !ids("--key", "again").isEmpty());
    await().atMost(BOUND).until(() -> history(ids("--key", "again").get(0)) == 2);
  }

  @Test
  void many_are_done_at_once_only_when_that_was_agreed_to() {
    dead("bulk", 3);
    String[] discard = {"dlq", "discard", "--key", "bulk", "--reason", "test"};

    Ran asked = relay(discard);
    assertThat(asked.code()).isEqualTo(2);
    assertThat(asked.err())
        .contains("3 dead letters are meant, and nobody can be asked; nothing was done")
        .contains("fix     relay dlq discard --key bulk --yes");
    Ran no = cli().onTerminal().stdin("n\n").run(discard);
    assertThat(no.err()).contains("discard 3 dead letters? [y/N] ").contains("nothing was done");
    assertThat(relay("dlq", "discard", "--key", "bulk", "--dry-run").err())
        .contains("3 dead letters would be meant by discard");
    assertThat(ids("--key", "bulk")).hasSize(3);

    assertThat(relay("dlq", "retry", "--key", "bulk", "--yes").err()).isEqualTo("3 owed again\n");
    await().atMost(BOUND).until(() -> ids("--key", "bulk").size() == 3);
    Ran yes = cli().onTerminal().stdin("y\n").run(discard);
    assertThat(yes.err()).as(yes.out()).endsWith("3 discarded\n");
    assertThat(ids("--key", "bulk")).isEmpty();
    assertThat(relay(discard).err()).contains("no dead letters are meant");
  }

  @Test
  void an_id_or_a_filter_is_expected_and_not_both() {
    Ran neither = relay("dlq", "retry");
    Ran both = relay("dlq", "discard", "x", "--key", "y");
    Ran allAndSome = relay("dlq", "discard", "--all", "--key", "y");

    assertThat(List.of(neither, both, allAndSome)).extracting(Ran::code).containsOnly(2);
    assertThat(neither.err()).contains("which dead letters are meant?");
    assertThat(relay("dlq", "retry", "nonsense").code()).isEqualTo(5);
  }

  @Test
  void no_node_is_needed_where_the_database_is_at_hand() {
    String id = dead("direct", 1);
    Cli direct = Cli.in(folder).env("RELAY_PORT", "1");

    assertThat(direct.run("dlq", "list", "--key", "direct", "-o", "name").out())
        .isEqualTo(id + "\n");
    assertThat(direct.run("dlq", "show", id).out()).contains("follower/direct");
    Ran wrong = direct.run("dlq", "edit", id, "--json", "{\"name\":\"direct\"}");
    assertThat(wrong.code()).as(wrong.err()).isEqualTo(3);
    Ran mended = direct.run("dlq", "edit", id, "--json", "{\"name\":\"direct\",\"count\":1}");
    assertThat(mended.err()).startsWith("no node at http://localhost:").contains("owed again");
    await().atMost(BOUND).until(() -> seen("direct").equals("1"));
    dead("direct", 2);
    assertThat(direct.run("dlq", "discard", "--key", "direct", "-y").err()).contains("2 discarded");
  }

  /** Publishes what the follower refuses, so many times; the id of one of the letters. */
  private static String dead(String name, int times) {
    for (int i = 0; i < times; i++) {
      String payload = "{\"name\":\"%s\",\"count\":5000}".formatted(name);
      Ran ran = relay("publish", "ADDED", "--json", payload);
      assertThat(ran.code()).as(ran.err()).isZero();
    }
    await().atMost(BOUND).until(() -> ids("--key", name).size() == times);
    return ids("--key", name).get(0);
  }

  private static List<String> ids(String... filter) {
    String[] words = new String[filter.length + 4];
    words[0] = "dlq";
    words[1] = "list";
    words[2] = "-o";
    words[3] = "name";
    System.arraycopy(filter, 0, words, 4, filter.length);
    Ran ran = relay(words);
    assertThat(ran.code()).as(ran.err()).isZero();
    return ran.out().lines().toList();
  }

  private static int history(String id) {
    JsonObject letter = JsonText.object(relay("dlq", "show", id, "-o", "json").out());
    return letter.objects("history").size();
  }

  private static String seen(String key) {
    Ran ran = relay("actor", "state", "follower", key, "-o", "json");
    return ran.code() == 0 ? JsonText.object(ran.out()).object("state").text("seen") : "";
  }

  private static Ran withEditor(String editor, String... words) {
    return cli().env("EDITOR", editor).run(words);
  }

  private static Ran relay(String... words) {
    return cli().run(words);
  }

  private static Cli cli() {
    return Cli.in(folder).env("RELAY_URL", node.url());
  }
}
