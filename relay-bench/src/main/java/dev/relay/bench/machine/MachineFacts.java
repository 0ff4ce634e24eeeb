package dev.relay.bench.machine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a reader must know of the machine and the database to judge the figures. */
public final class MachineFacts {
  private static final List<String> SETTINGS =
      List.of(
          "fsync",
          "synchronous_commit",
          "wal_sync_method",
          "full_page_writes",
          "shared_buffers",
          "max_wal_size",
          "max_connections");

  private static final int PROBES = 100;
  private static final int PAGE_BYTES = 8 * 1024;

  private MachineFacts() {}

  /** The facts by name, in the order in which they read well. */
  public static Map<String, String> of(Connection connection, Path data)
      throws SQLException, IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    facts.put("memory", memory());
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version());
    facts.put("postgresql", setting(connection, "server_version"));
    for (String name : SETTINGS) {
      facts.put(name, setting(connection, name));
    }
    facts.put("flush to disk", String.format(Locale.ROOT, "%.2f ms (8 KB)", flushMillis(data)));
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    facts.put("load average", String.format(Locale.ROOT, "%.1f at the start", load));
    return facts;
  }

  private static String setting(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW " + name)) {
      row.next();
      return row.getString(1);
    }
  }

  private static String memory() {
    try (var lines = Files.lines(Path.of("/proc/meminfo"))) {
      long kilobytes = Long.parseLong(lines.findFirst().orElse("").replaceAll("\\D", ""));
      return String.format(Locale.ROOT, "%.1f GB", kilobytes / 1024.0 / 1024.0);
    } catch (IOException | NumberFormatException e) {
      return "unknown";
    }
  }

  /** The median time of a write of one page that must reach the disk: a commit can't be faster. */
  private static double flushMillis(Path data) throws IOException {
    Path probe = Files.createTempFile(data, "flush", ".probe");
    double[] millis = new double[PROBES];
    try (FileChannel channel = FileChannel.open(probe, StandardOpenOption.WRITE)) {
      ByteBuffer page = ByteBuffer.allocateDirect(PAGE_BYTES);
      for (int i = 0; i < PROBES; i++) {
        page.clear();
        long start = System.nanoTime();
        channel.write(page, 0);
        channel.force(false);
        millis[i] = (System.nanoTime() - start) / 1e6;
      }
    } finally {
      Files.delete(probe);
    }
    Arrays.sort(millis);
    return millis[PROBES / 2];
  }
}
