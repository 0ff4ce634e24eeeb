package dev.relay.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads flows and their runs for people. Thread-safe; blocks on the store. */
public interface FlowStore {
  /** The definitions in the catalog, by name; each as the JSON text of its file. */
  List<Definition> definitions();

  /** A flow's definition. */
  record Definition(String name, String description, String definition) {}

  /**
   * Runs, the last touched first.
   *
   * @param actors the actors that run the flows
   * @param statuses which of them
   * @param before only those last touched before; absent for the newest
   */
  List<StoredState> runs(
      Collection<String> actors, Collection<String> statuses, @Nullable Instant before, int limit);

  /** How many runs there are of each actor and status. */
  List<Count> counts(Collection<String> actors);

  /** So many runs of an actor have this status. */
  record Count(String actor, String status, long count) {}

  /**
   * What was sent, in the order in which it was sent: commands that had their turn, and events that
   * were published.
   *
   * @param types commands and events
   * @param since the oldest
   */
  List<Sent> sent(Collection<String> types, Instant since, int limit);

  /**
   * A message that was sent.
   *
   * @param payload as JSON text
   */
  record Sent(String id, String type, String correlation, String payload, Instant at) {}
}
