package dev.relay.store;

import dev.relay.message.ActorAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The port that turns commit through. Thread-safe; every call blocks on the store.
 *
 * <p>All methods throw {@link StoreException} where the store doesn't do its part; its kind says
 * whether the same call may succeed later.
 */
public interface TurnStore {
  /** What a load finds. Only instances and requests that exist, and every lookup's instance. */
  record Loaded(List<StoredState> states, List<RecordedReply> replies) {}

  /** Reads states and recorded replies, as of one moment, in one round trip. */
  Loaded load(List<Lookup> lookups, List<String> requestIds);

  /**
   * Writes a group in one transaction and one round trip. Nothing is written unless every state
   * still has its base version, every consumed or postponed delivery is still owed, and every
   * reply's request id is new.
   *
   * @throws StoreException of kind {@code CONFLICT} where one of these doesn't hold; of kind {@code
   *     UNKNOWN} where the connection broke, so that the group may or may not have been written
   */
  void commit(CommitGroup group);

  /** Which instances, deliveries and request ids of a group the store no longer has as expected. */
  Conflicts conflicts(CommitGroup group);

  /**
   * Whether all of these turns were committed since a time: settles an {@code UNKNOWN} commit. All,
   * because a delivery's turn may be there from another node that was faster.
   */
  boolean committed(List<JournalEntry> turns, Instant since);

  /**
   * What an instance has taken, from the journal: its turns, oldest first.
   *
   * @param after only turns that led to a later version
   */
  List<PastTurn> past(ActorAddress instance, long after, int limit);

  /**
   * Reads deliveries of many partitions that are ready or retrying, in one query; in each partition
   * in the order they were written.
   *
   * @param limit of each partition
   * @param wanted whether the message of this id is needed; otherwise its row is only counted
   * @return one page for each slice, in their order
   */
  List<Page> owed(List<Slice> slices, int limit, Predicate<String> wanted);

  /**
   * A partition from a place on.
   *
   * @param afterId only deliveries behind this id; empty for all
   */
  record Slice(String actor, int partition, String afterId) {}

  /**
   * A partition's next deliveries.
   *
   * @param deliveries those that were wanted
   * @param rows how many there were, at most the limit
   * @param lastId the last row's id; empty where there was none
   */
  record Page(List<StoredDelivery> deliveries, int rows, String lastId) {}

  /** The partitions of these actors that have deliveries ready, written before a moment. */
  List<Backlog> backlog(Set<String> actors, Instant before);

  /** Makes timers that are due ready, and says in which partitions. */
  List<Backlog> release(Set<String> actors, Instant now);

  /** A partition with deliveries to work on. */
  record Backlog(String actor, int partition) {}

  /** What stands in the way of a group. */
  record Conflicts(Set<ActorAddress> states, Set<String> deliveries, Set<String> requests) {
    public boolean isEmpty() {
      return states.isEmpty() && deliveries.isEmpty() && requests.isEmpty();
    }
  }
}
