package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.cli.Cli.Ran;
import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.option.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectVerbsTest {
  @TempDir Path folder;

  /** What a project may add. */
  public static final class Greet extends Verb {
    private final Word<String> name = arguments.required("NAME", "who is greeted");

    public Greet(Session session) {
      super(session, "relay greet Ada");
    }

    @Override
    public void run() {
      session.terminal().out().println("hello " + name.value());
    }
  }

  @Test
  void a_project_adds_a_verb_with_help_and_completion() throws IOException {
    declare("greet", Greet.class.getName());

    assertThat(run("greet", "Ada").out()).isEqualTo("hello Ada\n");
    assertThat(run("--help").out()).contains("Commands of this project:\n  greet  Say hello\n");
    assertThat(run("greet", "--help").out()).startsWith("Say hello\n").contains("relay greet Ada");
    assertThat(run("help", "greet").out()).isEqualTo(run("greet", "--help").out());
    assertThat(run("__complete", "gre").out()).isEqualTo("greet\tSay hello\n");
    assertThat(run("gret").err()).contains("did you mean \"relay greet\"?");
    assertThat(run("greet").code()).isEqualTo(2);
  }

  @Test
  void a_class_that_is_not_there_or_is_no_verb_is_told_with_what_to_do() throws IOException {
    declare("greet", "no.such.Thing");
    Ran absent = run("greet", "Ada");
    declare("greet", "java.lang.String");
    Ran stranger = run("greet", "Ada");

    assertThat(absent.code()).isEqualTo(2);
    assertThat(absent.err()).contains("no.such.Thing", "isn't on the class path", "classpath");
    assertThat(stranger.code()).isEqualTo(2);
    assertThat(stranger.err()).contains("is no verb", Verb.class.getName());
  }

  @Test
  void the_verbs_of_relay_itself_stay_what_they_are() throws IOException {
    declare("send", Greet.class.getName());

    assertThat(run("send", "--help").out()).startsWith("Send a message to an actor");
    assertThat(run("--help").out()).doesNotContain("Commands of this project");
  }

  @Test
  void version_and_help_need_no_project_file_that_can_be_read() throws IOException {
    Files.writeString(folder.resolve("relay.yaml"), "verbs: [");

    assertThat(run("--version").code()).isZero();
    assertThat(run("--help").code()).isZero();
  }

  @Test
  void a_key_that_no_verb_has_is_told_with_its_line() throws IOException {
    Files.writeString(
        folder.resolve("relay.yaml"), "verbs:\n  greet:\n    clas: " + Greet.class.getName());

    Ran ran = run("greet", "Ada");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("relay.yaml:3").contains("\"class\" and a \"line\"");
  }

  private void declare(String name, String className) throws IOException {
    Files.writeString(
        folder.resolve("relay.yaml"),
        "verbs:\n  " + name + ":\n    class: " + className + "\n    line: Say hello\n");
  }

  private Ran run(String... words) {
    return Cli.in(folder).run(words);
  }
}
