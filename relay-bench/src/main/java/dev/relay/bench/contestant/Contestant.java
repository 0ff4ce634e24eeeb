package dev.relay.bench.contestant;

import dev.relay.bench.load.Carts;
import java.util.List;
import java.util.Optional;

/**
 * One thing that is measured. The driver asks for its facts; only {@link #start} does work, once,
 * in a process of its own.
 */
public interface Contestant {
  /** Short name, as {@code --only} takes it and the table shows it. */
  String name();

  /** What it is, in a line. */
  String title();

  /** With how many clients it is measured, out of those the user asked for. */
  default List<Integer> clients(List<Integer> asked) {
    return asked;
  }

  /**
   * Whether a phase of it ends after so many messages and not after a time; then there is one, and
   * no warm-up.
   */
  default boolean byCount() {
    return false;
  }

  /** Makes its tables in this empty database and opens its door. */
  Running start(Database database, Carts carts) throws Exception;

  /** SQL that counts the turns whose effects are in the database: each accepted one has to be. */
  Optional<String> writtenQuery();

  /** SQL that counts the deliveries still to be consumed, where the contestant consumes them. */
  default Optional<String> backlogQuery() {
    return Optional.empty();
  }
}
