package dev.relay.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.cli.launcher.FakeRepository.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code install.sh}: what it makes, that it can be repeated, and that nothing stays behind. */
@DisabledOnOs(OS.WINDOWS)
class InstallTest {
  @TempDir Path folder;

  private FakeRepository repository;

  @BeforeEach
  void copy() throws IOException {
    repository = FakeRepository.in(folder);
  }

  @Test
  void the_installed_command_runs_without_the_repository() throws Exception {
    Ran installed = repository.script("install.sh");
    assertThat(installed.code()).as(installed.said()).isZero();
    assertThat(installed.said()).contains("Installed relay 1.2.3: ");

    Files.delete(repository.path("pom.xml"));
    Files.delete(repository.path("relay"));
    Ran ran = repository.run(folder, home(".local/bin/relay").toString(), "--version");

    assertThat(ran).isEqualTo(new Ran(0, "relay 1.2.3\n"));
    assertThat(home(".relay/versions/1.2.3/node.jsa")).exists();
    assertThat(home(".local/share/bash-completion/completions/relay")).hasContent("# completion");
  }

  @Test
  void a_second_install_changes_nothing() throws Exception {
    repository.script("install.sh");
    Map<String, String> first = contents();

    assertThat(repository.script("install.sh").code()).isZero();

    assertThat(contents()).isEqualTo(first);
  }

  @Test
  void uninstalling_leaves_the_home_as_it_was() throws Exception {
    repository.write("home/.bashrc", "alias x=y\n");
    repository.write("home/.local/share/mine", "");
    Map<String, String> before = contents();

    repository.script("install.sh");
    assertThat(home(".bashrc")).content().contains("export PATH=\"$HOME/.local/bin:$PATH\"");
    Ran ran = repository.script("install.sh", "--uninstall");

    assertThat(ran.code()).as(ran.said()).isZero();
    assertThat(contents()).isEqualTo(before);
    assertThat(home(".local/bin")).doesNotExist();
    assertThat(repository.script("install.sh", "--uninstall").said())
        .isEqualTo("relay isn't installed for this user.\n");
  }

  @Test
  void the_data_of_a_project_in_the_home_folder_stays() throws Exception {
    repository.write("home/.relay/postgres/data/PG_VERSION", "18\n");

    repository.script("install.sh");
    repository.script("install.sh", "--uninstall");

    assertThat(home(".relay/postgres/data/PG_VERSION")).exists();
    assertThat(home(".relay/versions")).doesNotExist();
  }

  @Test
  void what_another_wrote_to_the_profile_stays() throws Exception {
    repository.script("install.sh");
    Files.writeString(home(".bashrc"), Files.readString(home(".bashrc")) + "mine=1\n");

    repository.script("install.sh", "--uninstall");

    assertThat(home(".bashrc")).hasContent("mine=1");
  }

  @Test
  void a_folder_that_is_on_the_path_needs_no_line_in_the_profile() throws Exception {
    repository.write("home/.local/bin/other", "");
    String tools = repository.path("jdk/bin") + ":" + repository.path("tools");
    repository.env("PATH", tools + ":/usr/bin:/bin:" + home(".local/bin"));

    Ran ran = repository.script("install.sh");

    assertThat(ran.said()).endsWith("Try: relay --help\n");
    assertThat(home(".bashrc")).doesNotExist();
  }

  @Test
  void the_shells_that_this_user_uses_complete() throws Exception {
    repository.write("home/.zshrc", "autoload -Uz compinit\n");
    repository.write("home/.config/fish/config.fish", "");
    Map<String, String> before = contents();

    repository.script("install.sh");
    assertThat(home(".relay/completion/_relay")).exists();
    assertThat(home(".zshrc")).content().contains("source ~/.relay/completion/_relay");
    assertThat(home(".config/fish/completions/relay.fish")).exists();

    repository.script("install.sh", "--uninstall");
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void a_relay_of_somebody_else_is_not_replaced() throws Exception {
    repository.program("home/.local/bin/relay", "#!/bin/sh\necho mine\n");

    Ran ran = repository.script("install.sh");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.said()).contains("is there already and isn't ours");
    assertThat(home(".local/bin/relay")).content().contains("echo mine");
  }

  private Path home(String name) {
    return repository.path("home").resolve(name);
  }

  // every file with its content, every link with its target, every folder
  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(repository.path("home"))) {
      for (Path file : files.toList()) {
        contents.put(file.toString(), content(file));
      }
    }
    return contents;
  }

  private static String content(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      return Files.readSymbolicLink(file).toString();
    }
    return Files.isDirectory(file) ? "folder" : Files.readString(file);
  }
}
