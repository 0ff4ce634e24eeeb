package dev.relay.bench;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.relay.bench.contestant.Contestants;
import dev.relay.bench.report.Findings;
import dev.relay.bench.report.Report;
import dev.relay.bench.report.TableReport;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The command line of the benchmark. */
@Command(
    name = "relay-bench",
    description =
        "Measures Relay and its yardsticks on this machine: node, database and load together.",
    sortOptions = false,
    showDefaultValues = true)
public final class Bench implements Callable<Integer> {
  enum Format {
    table,
    json
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      showDefaultValue = Help.Visibility.NEVER,
      description = "Contestants to measure, by name or first letters; all when not given.")
  private List<String> only = List.of();

  @Option(
      names = "--clients",
      split = ",",
      defaultValue = "1,64,256",
      paramLabel = "N",
      description = "Numbers of clients, each with one request under way.")
  private List<Integer> clients = List.of();

  @Option(
      names = "--seconds",
      defaultValue = "30",
      description = "Length of a measured phase; the targets with consumers ask for 60.")
  private int seconds;

  @Option(
      names = "--warmup",
      defaultValue = "20",
      description = "Seconds of load before a contestant's first phase.")
  private int warmup;

  @Option(
      names = "--messages",
      defaultValue = "1000000",
      description = "How many messages the contestant growth sends, however long that takes.")
  private int messages;

  @Option(names = "--carts", defaultValue = "10000", description = "How many carts there are.")
  private int carts;

  @Option(
      names = "--rounds",
      defaultValue = "2",
      description = "How often all contestants take their turn; figures are medians.")
  private int rounds;

  @Option(
      names = "--node-options",
      split = " ",
      defaultValue = "-Xmx512m",
      paramLabel = "OPTION",
      description = "JVM options of every contestant's process, separated by blanks.")
  private List<String> nodeOptions = List.of();

  @Option(
      names = "--profile",
      description = "Record each node while it is measured and tell where its time went.")
  private boolean profile;

  @Option(
      names = "--folder",
      defaultValue = ".relay/bench",
      description =
          "For the database, logs and recordings, on the disk to be measured; the database in it"
              + " is removed after the run.")
  private Path folder = Path.of("");

  @Option(
      names = {"-o", "--output"},
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES}, on standard output.")
  private Format output = Format.table;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      showDefaultValue = Help.Visibility.NEVER,
      description = "Print this.")
  private boolean help;

  public static void main(String[] args) {
    System.exit(new CommandLine(new Bench()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Plan plan = plan();
    Files.createDirectories(folder);
    try (FileChannel lock = FileChannel.open(folder.resolve("lock"), CREATE, WRITE)) {
      require(
          lock.tryLock() != null,
          "another run is using " + plan.folder() + "; wait for it or name another --folder");
      removeDatabase();
      try {
        Findings findings = new Driver(plan).run();
        print(Report.of(findings));
        return findings.results().isEmpty() ? 1 : 0;
      } finally {
        removeDatabase();
      }
    }
  }

  private Plan plan() {
    require(carts >= 1_000 && carts <= 1_000_000, "--carts must be 1000 to 1000000, is " + carts);
    require(seconds >= 1, "--seconds must be 1 or more, is " + seconds);
    require(warmup >= 1, "--warmup must be 1 or more, is " + warmup);
    require(messages >= 1_000, "--messages must be 1000 or more, is " + messages);
    require(rounds >= 1, "--rounds must be 1 or more, is " + rounds);
    require(
        clients.stream().allMatch(n -> n >= 1 && n <= 4_096),
        "--clients must be 1 to 4096 each, are " + clients);
    Duration length = Duration.ofSeconds(seconds);
    Duration settle = Duration.ofSeconds(Math.min(2, seconds));
    try {
      return new Plan(
          Contestants.matching(only),
          clients,
          length,
          Duration.ofSeconds(warmup),
          settle,
          carts,
          rounds,
          withFacts(nodeOptions),
          profile,
          folder.toAbsolutePath());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--only: " + e.getMessage(), e);
    }
  }

  /** What the contestants' processes have to know: where the example's definitions are, too. */
  private List<String> withFacts(List<String> options) {
    List<String> all = new ArrayList<>(options);
    String actors = System.getProperty("bench.actors");
    if (actors != null) {
      all.add("-Dbench.actors=" + actors);
    }
    all.add("-Dbench.messages=" + messages);
    return all;
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }

  private void print(Report report) {
    if (output == Format.json) {
      JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
      spec.commandLine().getOut().println(json.writeValueAsString(report));
    } else {
      spec.commandLine().getOut().print(new TableReport(report));
      spec.commandLine().getOut().flush();
    }
  }

  /** What an earlier run left would make the first contestant's disk fuller than the last's. */
  private void removeDatabase() throws IOException {
    Path data = folder.resolve("postgres");
    if (!Files.exists(data)) {
      return;
    }
    try (var files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
