package dev.relay.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The nodes of a test by number, each a process or down. Ends all of them when it is closed, and
 * when the JVM ends. Thread-safe; faults on one node don't overlap because they hold its monitor.
 */
public final class Cluster implements AutoCloseable {
  /** A place for a process; also the monitor of faults on it. */
  private static final class Place {
    private volatile NodeProcess process;

    Place(NodeProcess process) {
      this.process = process;
    }
  }

  private final Surroundings surroundings;
  private final Path folder;
  private final Map<Integer, Place> places = new ConcurrentSkipListMap<>();
  private final Thread hook = new Thread(this::killAll, "chaos-end");
  private volatile boolean closed;

  /**
   * No nodes yet.
   *
   * @param folder takes their logs
   */
  public Cluster(Surroundings surroundings, Path folder) {
    this.surroundings = surroundings;
    this.folder = folder;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Starts a node; returns at once. */
  public void start(int number) {
    if (closed) {
      return;
    }
    NodeProcess process = launch(number);
    places.put(number, new Place(process));
    if (closed) {
      process.kill();
    }
  }

  private NodeProcess launch(int number) {
    try {
      return NodeProcess.start(surroundings.settings(number), log(number));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code kill -9}, and a start after a while. */
  public void kill(int number, Runnable whileDown) {
    with(
        number,
        place -> {
          place.process.kill();
          whileDown.run();
          restart(number, place);
        });
  }

  /** SIGTERM, and a start after a while; says whether it went in order. */
  public boolean leave(int number, Runnable whileDown) {
    boolean[] left = {true};
    with(
        number,
        place -> {
          left[0] = place.process.leave();
          whileDown.run();
          restart(number, place);
        });
    return left[0];
  }

  /** Stops the node's time. */
  public void freeze(int number, Runnable whileFrozen) {
    with(
        number,
        place -> {
          place.process.freeze();
          whileFrozen.run();
          place.process.thaw();
        });
  }

  /** SIGTERM for good. */
  public boolean remove(int number) {
    boolean[] left = {true};
    with(number, place -> left[0] = place.process.leave());
    places.remove(number);
    return left[0];
  }

  private void restart(int number, Place place) {
    if (!closed) {
      place.process = launch(number);
    }
  }

  private void with(int number, java.util.function.Consumer<Place> work) {
    Place place = places.get(number);
    if (place == null) {
      return;
    }
    synchronized (place) {
      work.accept(place);
    }
  }

  /** The HTTP ports of the nodes that take requests, as far as is known. */
  public List<Integer> ports() {
    List<Integer> ports = new ArrayList<>();
    for (Place place : places.values()) {
      NodeProcess process = place.process;
      if (process.ready()) {
        ports.add(process.port().join());
      }
    }
    return ports;
  }

  /** The process of a node. */
  public long pid(int number) {
    return place(number).process.pid();
  }

  /** The HTTP port of a node that is ready. */
  public int port(int number) {
    return place(number).process.port().join();
  }

  private Place place(int number) {
    return Objects.requireNonNull(places.get(number), "no such node");
  }

  /** Whether every node takes requests. */
  public boolean allReady() {
    return places.values().stream().allMatch(place -> place.process.ready());
  }

  /** Bytes of heap in use after a collection, of the nodes that are well. */
  public Map<Integer, Long> heaps() {
    Map<Integer, Long> heaps = new TreeMap<>();
    places.forEach(
        (number, place) -> place.process.heap().ifPresent(bytes -> heaps.put(number, bytes)));
    return heaps;
  }

  private Path log(int number) {
    return folder.resolve("node-" + number + ".log");
  }

  private void killAll() {
    places.values().forEach(place -> place.process.kill());
  }

  @Override
  public void close() {
    closed = true;
    killAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // the hook runs already
    }
  }
}
