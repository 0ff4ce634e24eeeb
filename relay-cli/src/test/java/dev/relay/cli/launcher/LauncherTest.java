package dev.relay.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.cli.launcher.FakeRepository.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./relay}: what it builds, what it runs, and what it says where it can't. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  @TempDir Path folder;

  private FakeRepository repository;

  @BeforeEach
  void copy() throws IOException {
    repository = FakeRepository.in(folder);
  }

  @Test
  void the_first_run_builds_and_the_next_one_does_not() throws Exception {
    Ran first = repository.script("relay", "--version");
    Ran second = repository.script("relay", "--version");

    assertThat(first.code()).as(first.said()).isZero();
    assertThat(first.said()).startsWith("Building Relay (the first time takes about a minute)");
    assertThat(second).isEqualTo(new Ran(0, "relay 1.2.3\n"));
    assertThat(repository.log("mvn")).hasSize(1);
  }

  @Test
  void a_newer_source_a_newer_pom_and_a_deleted_source_are_built() throws Exception {
    repository.script("relay", "--version");

    touch("relay-cli/src/main/java/A.java");
    rebuilds();
    touch("examples/ecommerce/pom.xml");
    rebuilds();
    Files.delete(repository.path("relay-cli/src/main/java/A.java"));
    rebuilds();
    assertThat(repository.log("mvn")).hasSize(4);
  }

  private void rebuilds() throws Exception {
    assertThat(repository.script("relay", "--version").said())
        .isEqualTo("Building Relay ...\nrelay 1.2.3\n");
    // the archive of a rebuild is made behind the user's back
    await().until(() -> Files.exists(repository.path("relay-cli/target/relay/node.jsa.java")));
  }

  private void touch(String name) throws IOException {
    Files.setLastModifiedTime(repository.path(name), FileTime.from(Instant.now()));
  }

  @Test
  void two_at_once_build_once() throws Exception {
    repository.env("FAKE_BUILD_SECONDS", "2");
    Process one = repository.start(repository.path("."), List.of("./relay", "--version"));
    Process two = repository.start(repository.path("."), List.of("./relay", "--version"));

    assertThat(Ran.of(one).said() + Ran.of(two).said())
        .contains("Waiting for another build of Relay (process ")
        .containsOnlyOnce("Building");
    assertThat(repository.log("mvn")).hasSize(1);
  }

  @Test
  void the_lock_of_a_build_that_was_killed_does_not_count() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    repository.write(".relay/build/lock/pid", gone.pid() + "\n");

    assertThat(repository.script("relay", "--version").said()).endsWith("relay 1.2.3\n");
  }

  @Test
  void it_runs_through_a_link_from_another_folder() throws Exception {
    Path link = folder.resolve("to relay");
    Files.createSymbolicLink(link, Path.of("a repo/relay"));

    Ran ran = repository.run(folder.getRoot(), link.toString(), "catalog", "list");

    assertThat(ran.code()).as(ran.said()).isZero();
    assertThat(lastJava())
        .contains("-Drelay.project=" + repository.path("").toRealPath())
        .endsWith("dev.relay.cli.Main catalog list");
  }

  @Test
  void short_verbs_start_fast_and_a_node_is_given_its_heap() throws Exception {
    repository.env("RELAY_JAVA_OPTS", "-Xmx2g -Dx=y");
    repository.script("relay", "catalog", "list");
    assertThat(lastJava())
        .contains("-XX:TieredStopAtLevel=1", "-XX:SharedArchiveFile=", "-Xmx2g -Dx=y");

    repository.script("relay", "serve");
    assertThat(lastJava()).contains("-Xmx512m -Xmx2g -Dx=y").doesNotContain("TieredStopAtLevel");
  }

  @Test
  void our_jars_come_first_and_every_jar_once() throws Exception {
    repository.script("relay", "x");
    String app = repository.path("relay-cli/target/relay/app").toRealPath() + "/";
    String lib = repository.path("relay-cli/target/relay/lib").toRealPath() + "/";

    assertThat(lastJava())
        .contains(
            "-cp "
                + String.join(
                    ":",
                    app + "relay-cli-1.jar",
                    app + "relay-core-1.jar",
                    lib + "picocli-4.jar",
                    lib + "zzz-1.jar")
                + " ");
  }

  @Test
  void an_archive_of_another_java_is_left_alone() throws Exception {
    repository.script("relay", "x");
    repository.write("jdk/release", "JAVA_VERSION=\"21.0.1\"\nJAVA_RUNTIME_VERSION=\"21.0.1+9\"\n");

    repository.script("relay", "x");

    assertThat(lastJava()).doesNotContain("SharedArchiveFile");
  }

  @Test
  void a_java_too_old_is_refused_in_one_sentence() throws Exception {
    for (String old : List.of("1.8.0_292", "11.0.2", "16")) {
      repository.write("jdk/release", "JAVA_VERSION=\"" + old + "\"\n");
      Ran ran = repository.script("relay", "--version");

      assertThat(ran.code()).isEqualTo(1);
      assertThat(ran.said())
          .contains("is Java " + old + "; Relay needs a JDK 17 or newer")
          .contains("\n  fix     ");
    }
    assertThat(repository.log("java")).isEmpty();
  }

  @Test
  void a_java_home_without_java_and_no_java_at_all_are_told_apart() throws Exception {
    Ran none = repository.env("PATH", "/nowhere").run(folder, "/bin/sh", script(), "x");
    assertThat(none.said()).startsWith("error: there is no java on the PATH");

    Ran empty = repository.env("JAVA_HOME", "/nowhere").run(folder, "/bin/sh", script(), "x");
    assertThat(empty.said()).contains("JAVA_HOME is \"/nowhere\"").contains("unset it");
  }

  private String script() {
    return repository.path("relay").toString();
  }

  @Test
  void java_home_goes_before_the_path() throws Exception {
    repository.program("other/bin/java", "#!/bin/sh\necho other\n");
    repository.write("other/release", "JAVA_VERSION=\"25\"\n");
    repository.script("relay", "x");

    Ran ran = repository.env("JAVA_HOME", repository.path("other").toString()).script("relay", "x");

    assertThat(ran.said()).isEqualTo("other\n");
  }

  @Test
  void a_maven_too_old_is_refused() throws Exception {
    Ran ran = repository.env("FAKE_MAVEN", "3.6.3").script("relay", "x");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.said()).contains("Relay is built with Maven 3.8 or newer").contains("is 3.6.3");
    assertThat(repository.path(".relay/build/lock")).doesNotExist();
  }

  @Test
  void a_registry_that_cannot_be_reached_is_told_from_a_source_that_does_not_compile()
      throws Exception {
    Ran network =
        repository
            .env("FAKE_FAILURE", "Could not transfer artifact a:b:jar:1: Connection refused")
            .script("relay", "x");
    assertThat(network.code()).isEqualTo(1);
    assertThat(network.said())
        .contains("Could not transfer artifact a:b:jar:1")
        .contains("error: Maven couldn't fetch what Relay is built from")
        .contains("settings.xml");

    Ran source = repository.env("FAKE_FAILURE", "A.java:[1,2] ';' expected").script("relay", "x");
    assertThat(source.said())
        .contains("A.java:[1,2] ';' expected")
        .contains("error: Relay couldn't be built (more in ");
    assertThat(repository.path(".relay/build/lock")).doesNotExist();
  }

  private String lastJava() {
    List<String> calls = repository.log("java");
    return calls.get(calls.size() - 1);
  }
}
