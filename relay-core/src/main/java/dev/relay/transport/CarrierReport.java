package dev.relay.transport;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a carrier holds at one moment. Immutable; without secrets.
 *
 * @param health whether whoever looked could reach it
 * @param streams what waits in it, one for each living node
 * @param memory how full it is; absent where that isn't its own matter, or can't be read
 * @param window the published events it holds for programs outside; absent where it holds none
 * @param warnings what an operator should change, a sentence each
 */
public record CarrierReport(
    Health health,
    List<Stream> streams,
    @Nullable Memory memory,
    @Nullable Window window,
    List<String> warnings) {
  public CarrierReport {
    streams = List.copyOf(streams);
    warnings = List.copyOf(warnings);
  }

  /** Of a carrier that can't be reached. */
  public static CarrierReport unreachable(String detail) {
    return new CarrierReport(new Health(false, detail), List.of(), null, null, List.of());
  }

  /**
   * What waits for a node.
   *
   * @param name as the carrier knows it
   * @param node whose it is
   * @param length entries that the node hasn't taken yet
   * @param attended whether the node is seen there; one that isn't uses another carrier, or is cut
   *     off from this one
   */
  public record Stream(String name, String node, long length, boolean attended) {}

  /**
   * Memory of the carrier's server.
   *
   * @param policy what it does when it is full
   * @param usedBytes what it uses
   * @param limitBytes what it may use; 0 for no limit
   */
  public record Memory(String policy, long usedBytes, long limitBytes) {}

  /**
   * The published events that are held.
   *
   * @param name of the stream
   * @param length how many there are
   * @param longest how many there may be, about; 0 where that isn't known
   * @param oldest when the first of them was published; absent where there is none
   * @param newest when the last of them was
   * @param position of the last in the journal; absent where there is none
   * @param behind published events that aren't there yet, counted up to {@link #MOST_BEHIND}; -1
   *     where the journal couldn't be read
   * @param kept whether a node writes it now
   * @param groups the consumer groups that programs have made there
   */
  public record Window(
      String name,
      long length,
      long longest,
      @Nullable Instant oldest,
      @Nullable Instant newest,
      @Nullable String position,
      long behind,
      boolean kept,
      List<Group> groups) {
    /** As far as is counted. */
    public static final int MOST_BEHIND = 10_000;

    public Window {
      groups = List.copyOf(groups);
    }
  }

  /**
   * A consumer group of programs outside.
   *
   * @param name as they called it
   * @param consumers how many programs have read in its name
   * @param pending entries they read and didn't acknowledge yet
   * @param lastRead the id of the last entry they were given
   */
  public record Group(String name, long consumers, long pending, String lastRead) {}
}
