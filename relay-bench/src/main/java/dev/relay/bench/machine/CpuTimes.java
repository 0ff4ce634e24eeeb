package dev.relay.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Seconds of processor time that have been used up to now, by name; the difference of two of them
 * tells where the time of a phase went. Empty where there is no {@code /proc}.
 *
 * @param nanoTime when it was read
 * @param seconds by name of process, group of threads, …
 */
public record CpuTimes(long nanoTime, Map<String, Double> seconds) {
  /** Everything that ran on the machine, under this name in {@link #ofProcesses}. */
  public static final String MACHINE = "machine";

  /** Time that the hypervisor gave to others. */
  public static final String STOLEN = "stolen";

  /** The time of backends that have ended, which the kernel adds up in the postmaster. */
  private static final String ENDED = "ended backends";

  private static final int ATTEMPTS = 100;

  private static final Path PROC = Path.of("/proc");

  /** Of these processes, of PostgreSQL with all its backends, and of the machine as a whole. */
  public static CpuTimes ofProcesses(Map<String, Long> pids, long postmaster) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    pids.forEach((name, pid) -> addIfAlive(seconds, name, stat(pid)));
    double postgres = 0;
    for (double part : ofPostgres(postmaster).seconds().values()) {
      postgres += part;
    }
    if (postgres > 0) {
      seconds.put("postgres", postgres);
    }
    machine(seconds);
    return new CpuTimes(System.nanoTime(), seconds);
  }

  /** Of PostgreSQL's processes by what they do: backends, walwriter, checkpointer, … */
  public static CpuTimes ofPostgres(long postmaster) {
    Map<String, Double> seconds = ofChildren(postmaster);
    for (int attempt = 0; attempt < ATTEMPTS && !settled(seconds, postmaster); attempt++) {
      seconds = ofChildren(postmaster);
    }
    return new CpuTimes(System.nanoTime(), seconds);
  }

  private static Map<String, Double> ofChildren(long postmaster) {
    Map<String, Double> seconds = new TreeMap<>();
    ProcStat self = ProcStat.read(stat(postmaster));
    if (self != null) {
      seconds.put("postmaster", self.own());
      seconds.put(ENDED, self.ofEnded());
      ProcessHandle.of(postmaster).stream()
          .flatMap(ProcessHandle::children)
          .forEach(child -> addIfAlive(seconds, role(child.pid()), stat(child.pid())));
    }
    return seconds;
  }

  /** A backend that ended while its siblings were read would be missing from both sums. */
  private static boolean settled(Map<String, Double> seconds, long postmaster) {
    ProcStat now = ProcStat.read(stat(postmaster));
    return now == null || seconds.getOrDefault(ENDED, 0.0) == now.ofEnded();
  }

  /** Of a process's threads, those that differ only in a number together. */
  public static CpuTimes ofThreads(long pid) {
    Map<String, Double> seconds = new TreeMap<>();
    Path tasks = PROC.resolve(pid + "/task");
    try (var threads = Files.list(tasks)) {
      for (Path thread : threads.toList()) {
        ProcStat stat = ProcStat.read(thread.resolve("stat"));
        if (stat != null) {
          seconds.merge(stat.name().replaceAll("[-#\\s]*\\d+\\s*$", ""), stat.own(), Double::sum);
        }
      }
    } catch (IOException e) {
      return new CpuTimes(System.nanoTime(), Map.of());
    }
    return new CpuTimes(System.nanoTime(), seconds);
  }

  /** Cores that each name kept busy, on average, since the earlier reading. */
  public Map<String, Double> coresSince(CpuTimes earlier) {
    double wall = (nanoTime - earlier.nanoTime) / 1e9;
    Map<String, Double> cores = new LinkedHashMap<>();
    seconds.forEach(
        (name, now) ->
            cores.put(name, Math.max(0, now - earlier.seconds.getOrDefault(name, 0.0)) / wall));
    return cores;
  }

  private static void addIfAlive(Map<String, Double> seconds, String name, Path file) {
    ProcStat stat = ProcStat.read(file);
    if (stat != null) {
      seconds.merge(name, stat.own(), Double::sum);
    }
  }

  private static Path stat(long pid) {
    return PROC.resolve(pid + "/stat");
  }

  /** PostgreSQL writes what a process does into its command line: {@code postgres: walwriter}. */
  private static String role(long pid) {
    try {
      String title = Files.readString(PROC.resolve(pid + "/cmdline")).replace('\0', ' ').trim();
      List<String> known =
          List.of(
              "walwriter",
              "checkpointer",
              "background writer",
              "autovacuum",
              "io worker",
              "logical replication");
      return known.stream().filter(title::contains).findFirst().orElse("backends");
    } catch (IOException e) {
      return "backends";
    }
  }

  /** First line of /proc/stat: cpu user nice system idle iowait irq softirq steal … */
  private static void machine(Map<String, Double> seconds) {
    try (var lines = Files.lines(PROC.resolve("stat"))) {
      String[] fields = lines.findFirst().orElse("").trim().split("\\s+");
      double[] ticks = Arrays.stream(fields, 1, 9).mapToDouble(Double::parseDouble).toArray();
      double busy = ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6];
      seconds.put(MACHINE, busy / ProcStat.TICKS_PER_SECOND);
      seconds.put(STOLEN, ticks[7] / ProcStat.TICKS_PER_SECOND);
    } catch (IOException | RuntimeException e) {
      return; // another system than Linux: the split is left out
    }
  }
}
