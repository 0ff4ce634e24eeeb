package dev.relay.cli.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The scripts of this repository in a folder of their own, with a java and a Maven made of a few
 * lines of shell: they write down how they were called and make what is expected of them.
 */
final class FakeRepository {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private static final String JAVA =
      """
      #!/bin/sh
      echo "$@" >>"$FAKES/java.log"
      for word in "$@"; do
        case $word in
          -XX:DumpLoadedClassList=*) echo classes >"${word#*=}" ;;
          -XX:SharedArchiveFile=*) case "$*" in *-Xshare:dump*) echo archive >"${word#*=}" ;; esac ;;
          --version) echo "relay 1.2.3" ;;
          completion) echo "# completion" ;;
        esac
      done
      """;

  private static final String MAVEN =
      """
      #!/bin/sh
      [ "$1" != -v ] || { echo "Apache Maven ${FAKE_MAVEN:-3.8.7} (somewhere)"; exit 0; }
      echo "$@" >>"$FAKES/mvn.log"
      [ -z "${FAKE_FAILURE:-}" ] || { echo "[ERROR] $FAKE_FAILURE"; exit 1; }
      sleep "${FAKE_BUILD_SECONDS:-0}"
      mkdir -p relay-cli/target/relay/lib examples/ecommerce/target/classes examples/shoppers/target/classes
      for jar in relay-cli-1 relay-core-1 picocli-4 zzz-1; do
        echo "$jar" >relay-cli/target/relay/lib/$jar.jar
      done
      """;

  private final Path folder;
  private final Map<String, String> environment = new LinkedHashMap<>();

  private FakeRepository(Path folder) {
    this.folder = folder;
  }

  /** In a folder whose name has a blank. */
  static FakeRepository in(Path parent) throws IOException {
    FakeRepository repository =
        new FakeRepository(Files.createDirectories(parent.resolve("a repo")));
    Files.copy(ROOT.resolve("relay"), repository.path("relay"));
    Files.copy(ROOT.resolve("install.sh"), repository.path("install.sh"));
    repository.write("pom.xml", "");
    repository.write("relay-cli/pom.xml", "");
    repository.write("relay-cli/src/main/java/A.java", "");
    repository.write("examples/ecommerce/pom.xml", "");
    repository.write("examples/ecommerce/src/main/B.java", "");
    repository.program("jdk/bin/java", JAVA);
    repository.program("jdk/bin/javac", "#!/bin/sh\n");
    repository.write("jdk/release", "JAVA_VERSION=\"17.0.9\"\nJAVA_RUNTIME_VERSION=\"17.0.9+1\"\n");
    repository.program("tools/mvn", MAVEN);
    repository.write("home/.keep", "");
    return repository
        .env("FAKES", repository.folder.toString())
        .env("HOME", repository.path("home").toString())
        .env("SHELL", "/bin/bash")
        .env(
            "PATH", repository.path("jdk/bin") + ":" + repository.path("tools") + ":/usr/bin:/bin");
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  FakeRepository env(String name, String value) {
    environment.put(name, value);
    return this;
  }

  void write(String name, String text) throws IOException {
    Files.createDirectories(path(name).getParent());
    Files.writeString(path(name), text);
  }

  void program(String name, String text) throws IOException {
    write(name, text);
    path(name).toFile().setExecutable(true);
  }

  /** The lines that a fake has written down; none where it wasn't called. */
  List<String> log(String fake) {
    try {
      Path log = path(fake + ".log");
      return Files.exists(log) ? Files.readAllLines(log) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Process start(Path directory, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    return builder.start();
  }

  /** Runs a command to its end. */
  Ran run(Path directory, String... command) throws IOException, InterruptedException {
    return Ran.of(start(directory, List.of(command)));
  }

  /** Runs one of the scripts from its folder. */
  Ran script(String name, String... words) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>(List.of("./" + name));
    command.addAll(List.of(words));
    return Ran.of(start(folder, command));
  }

  /** How a script ended, and all it said. */
  record Ran(int code, String said) {
    static Ran of(Process process) throws IOException, InterruptedException {
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running: " + said);
      }
      return new Ran(process.exitValue(), said);
    }
  }
}
