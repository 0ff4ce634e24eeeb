package dev.relay.store;

import dev.relay.message.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The port to dead letters. Thread-safe; every call blocks on the store and is one transaction,
 * safe while nodes work. What was retried or discarded by somebody else is simply not found any
 * more.
 *
 * <p>All methods throw {@link StoreException} where the store doesn't do its part.
 */
public interface DeadLetterStore {
  /**
   * Dead letters by the age of their messages, newest first.
   *
   * @param beforeId only those behind this letter in that order; empty for all
   * @param limit at least 1
   */
  List<DeadLetter> list(DeadLetterFilter filter, String beforeId, int limit);

  /** How many dead letters a filter means. */
  long count(DeadLetterFilter filter);

  /**
   * How many dead letters each actor has that has any; cheap enough to be asked every few seconds.
   */
  Map<String, Long> counts();

  /** One letter with its history. */
  Optional<DeadLetterDetails> find(String id);

  /**
   * Makes the letters ready again, each with all its attempts before it. Letters without a key
   * stay.
   *
   * @param ids of any letters
   * @return the partition of each letter that is ready now
   */
  List<TurnStore.Backlog> retry(List<String> ids);

  /**
   * Makes a letter ready again with another key or message, and all its attempts before it.
   *
   * @param key not empty
   * @return its partition; empty where there is no such letter
   */
  Optional<TurnStore.Backlog> retry(DeadLetter letter, String key, Message message);

  /**
   * Deletes letters for good and notes it in the journal, with outcome {@code discarded}.
   *
   * @return how many there were
   */
  int discard(List<String> ids, String reason);
}
