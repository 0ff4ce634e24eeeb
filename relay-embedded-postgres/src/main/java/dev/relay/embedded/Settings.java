package dev.relay.embedded;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code postgresql.conf} says: defaults for Relay's load (many small group commits, jsonb, a
 * queue table with churn) on a developer's machine with two cores, and what the user changed.
 */
final class Settings {

  /** Given on the command line, or decided by this package: a file must not contradict. */
  private static final Set<String> RESERVED =
      Set.of(
          "port",
          "listen_addresses",
          "unix_socket_directories",
          "data_directory",
          "config_file",
          "hba_file",
          "external_pid_file",
          "logging_collector",
          "log_destination");

  private static final Map<String, String> DEFAULTS = defaults();

  private Settings() {}

  private static Map<String, String> defaults() {
    Map<String, String> all = new LinkedHashMap<>();
    // what was committed stays; PostgreSQL's own defaults, written down because all hangs on them
    all.put("fsync", "on");
    all.put("synchronous_commit", "on");
    all.put("full_page_writes", "on");
    // memory: fits a laptop and a small container; taken as it is used
    all.put("shared_buffers", sharedBuffers());
    all.put("work_mem", "8MB");
    all.put("maintenance_work_mem", "64MB");
    all.put("effective_cache_size", "1GB");
    all.put("huge_pages", "off");
    // log segments: a checkpoint every gigabyte, recycled segments instead of new ones
    all.put("max_wal_size", "1GB");
    all.put("min_wal_size", "256MB");
    all.put("checkpoint_timeout", "15min");
    all.put("wal_compression", "off"); // measured: pglz costs a backend 5 to 8 % a turn
    all.put("wal_level", "minimal"); // no standby reads it
    all.put("max_wal_senders", "0");
    // two cores: no parallel workers, no compiler, reads without worker processes
    all.put("max_connections", "100");
    all.put("max_worker_processes", "2");
    all.put("max_parallel_workers_per_gather", "0");
    all.put("max_logical_replication_workers", "0");
    all.put("jit", "off");
    all.put("io_method", "sync");
    all.put("random_page_cost", "1.1");
    // rows of a queue live for milliseconds: vacuum soon, and don't dawdle
    all.put("autovacuum_naptime", "10s");
    all.put("autovacuum_vacuum_scale_factor", "0.05");
    all.put("autovacuum_analyze_scale_factor", "0.05");
    all.put("autovacuum_vacuum_cost_limit", "1000");
    all.put("timezone", "UTC");
    all.put("log_timezone", "UTC");
    all.put("log_line_prefix", "%m [%p] ");
    all.put("log_checkpoints", "off");
    if (Platform.current().linux()) {
      // needs nothing that the server doesn't need anyway; /dev/shm of a container may be tiny
      all.put("dynamic_shared_memory_type", "sysv");
    }
    return all;
  }

  /**
   * A quarter of the machine's (or container's) memory, as PostgreSQL's manual advises, within
   * bounds: with less, backends write out and read back the pages of an hour's messages themselves.
   */
  private static String sharedBuffers() {
    long quarter = Memory.ofMachine() / 4 >> 20;
    return Math.max(128, Math.min(512, quarter)) + "MB";
  }

  /** Refuses a name that can't be, or mustn't be, in the file. */
  static void check(String name, String value) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_.]{0,62}") || value.contains("\n")) {
      throw new IllegalArgumentException(
          "\"%s\" isn't a PostgreSQL setting on one line".formatted(name));
    }
    if (RESERVED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
      throw new IllegalArgumentException(
          "%s is decided by the embedded server; the port is an option of its own: port(int)"
              .formatted(name));
    }
  }

  /** The text of {@code postgresql.conf}. */
  static String file(Map<String, String> changed) {
    Map<String, String> all = new LinkedHashMap<>(DEFAULTS);
    all.putAll(changed);
    List<String> lines = new ArrayList<>();
    lines.add("# Written anew at each start; change it with EmbeddedPostgres.Builder.setting");
    all.forEach((name, value) -> lines.add(name + " = '" + value.replace("'", "''") + "'"));
    return String.join("\n", lines) + "\n";
  }

  /** What must hold whatever a file or ALTER SYSTEM says. */
  static List<String> commandLine(int port) {
    return List.of(
        "-c", "port=" + port,
        "-c", "listen_addresses=127.0.0.1",
        "-c", "unix_socket_directories=",
        "-c", "logging_collector=off",
        "-c", "log_destination=stderr");
  }
}
