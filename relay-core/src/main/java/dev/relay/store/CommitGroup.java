package dev.relay.store;

import java.util.List;

/**
 * Everything that a group of turns wants written. All of it becomes true together, or nothing.
 *
 * @param states one write for each instance that had turns
 * @param journal one entry for each turn and publication
 * @param consumed the deliveries that the turns processed
 * @param postponed the deliveries whose attempt failed
 * @param owed the deliveries that the turns and publications owe
 * @param replies the answers of requests with an id
 * @param timers what becomes of timers, at most one for a name of an instance
 */
public record CommitGroup(
    List<StateWrite> states,
    List<JournalEntry> journal,
    List<DeliveryRef> consumed,
    List<Postponement> postponed,
    List<OwedDelivery> owed,
    List<RecordedReply> replies,
    List<TimerWrite> timers) {
  public boolean isEmpty() {
    return states.isEmpty()
        && journal.isEmpty()
        && consumed.isEmpty()
        && postponed.isEmpty()
        && owed.isEmpty()
        && replies.isEmpty()
        && timers.isEmpty();
  }
}
