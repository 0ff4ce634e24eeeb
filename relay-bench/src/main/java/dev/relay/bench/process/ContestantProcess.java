package dev.relay.bench.process;

import dev.relay.bench.contestant.Contestant;
import dev.relay.bench.contestant.Database;
import dev.relay.bench.load.Carts;
import dev.relay.bench.load.Measurement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A contestant in a process of its own, with the load generator in another where it is reached over
 * HTTP. Used by one thread.
 */
public final class ContestantProcess implements AutoCloseable {
  /** The load shares two cores with what it measures: no collector threads, a small heap. */
  private static final List<String> LOAD_OPTIONS = List.of("-Xmx128m", "-XX:+UseSerialGC");

  private final Child node;
  private final @Nullable Child load;

  private ContestantProcess(Child node, @Nullable Child load) {
    this.node = node;
    this.load = load;
  }

  /**
   * Starts the processes and waits until the contestant takes load.
   *
   * @param nodeOptions JVM options of the contestant's process; the same for every contestant
   * @param logs folder for what the processes print
   */
  public static ContestantProcess start(
      Contestant contestant, Database database, Carts carts, List<String> nodeOptions, Path logs)
      throws IOException {
    String name = contestant.name();
    Child node = Child.start(name, NodeMain.class, nodeOptions, logs.resolve(name + ".log"));
    Child load = null;
    try {
      int port = node.ask(Order.startNode(name, database, carts.count()), Started.class).port();
      if (port != 0) {
        load = Child.start("load", LoadMain.class, LOAD_OPTIONS, logs.resolve("load.log"));
        load.ask(Order.startLoad(port, carts.count()), Started.class);
      }
      return new ContestantProcess(node, load);
    } catch (IOException e) {
      new ContestantProcess(node, load).close();
      throw e;
    }
  }

  /** One phase of load; returns when its last answer is in. */
  public Measurement run(int clients, Duration length) throws IOException {
    return (load == null ? node : load).ask(Order.run(clients, length), Measurement.class);
  }

  /** Collects the contestant's garbage, then reads its heap. */
  public HeapUse memory() throws IOException {
    return node.ask(Order.of(Order.Verb.MEMORY), HeapUse.class);
  }

  public void startProfile() throws IOException {
    node.ask(Order.of(Order.Verb.PROFILE), String.class);
  }

  /** Ends the profile and writes it as a flight recording. */
  public void endProfile(Path file) throws IOException {
    node.ask(Order.profiled(file.toAbsolutePath().toString()), String.class);
  }

  public long nodePid() {
    return node.pid();
  }

  /** The processes by the name under which their processor time is shown. */
  public Map<String, Long> pids() {
    Map<String, Long> pids = new LinkedHashMap<>();
    pids.put("node", node.pid());
    if (load != null) {
      pids.put("load", load.pid());
    }
    return pids;
  }

  @Override
  public void close() throws IOException {
    List<Child> children = new ArrayList<>();
    if (load != null) {
      children.add(load);
    }
    children.add(node);
    for (Child child : children) {
      child.close();
    }
  }
}
