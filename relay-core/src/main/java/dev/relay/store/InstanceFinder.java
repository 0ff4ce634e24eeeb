package dev.relay.store;

import dev.relay.failure.RelayException;
import dev.relay.find.Cursor;
import dev.relay.find.FindPlan;
import dev.relay.find.Indexes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds instances by what they remember. What is found is committed, all of one page as of one
 * moment, and includes every turn whose caller has heard of it. Thread-safe; blocks on the store.
 */
public interface InstanceFinder {
  /**
   * Makes ready what an actor's indexes need and takes away what it needs no more. Where anything
   * changed, what is there already has to be {@link #fill filled} in.
   */
  void declare(Indexes indexes);

  /**
   * Fills in some of the instances that were there before their indexes. Any number of nodes may do
   * that at the same time.
   *
   * @return whether all are filled in
   */
  boolean fill(Indexes indexes, StateReading current);

  /** Brings a stored state to the version of the indexes. */
  @FunctionalInterface
  interface StateReading {
    /** The state as JSON text; absent where it can't be had, so that the instance isn't found. */
    @Nullable String read(String key, String stored);
  }

  /**
   * Walks an index.
   *
   * @param after where the last page ended; absent for the first
   * @throws RelayException {@code INDEX_INCOMPLETE} where it isn't filled, or other indexes have
   *     taken its place
   */
  List<FoundState> find(FindPlan plan, @Nullable Cursor after, int limit);

  /**
   * An instance that was found.
   *
   * @param values the indexed values it is ordered by, as texts
   */
  record FoundState(StoredState state, List<String> values) {
    public FoundState {
      values = List.copyOf(values);
    }

    /** Where a page ends that has this instance as its last. */
    public Cursor cursor() {
      return new Cursor(values, state.address().key());
    }
  }
}
