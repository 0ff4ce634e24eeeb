package dev.relay.postgres;

import dev.relay.message.ActorAddress;
import dev.relay.route.Owed;
import dev.relay.route.Partitions;
import dev.relay.store.CommitGroup;
import dev.relay.store.DeliveryRef;
import dev.relay.store.DeliveryStatus;
import dev.relay.store.Fence;
import dev.relay.store.JournalEntry;
import dev.relay.store.OwedDelivery;
import dev.relay.store.Postponement;
import dev.relay.store.RecordedReply;
import dev.relay.store.StateWrite;
import dev.relay.store.TimerWrite;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one call that writes a commit group: {@code relay.commit_group} in the migrations. */
final class CommitStatement {
  private static final int PARAMETERS = 43;
  private static final String COMMIT = "relay.commit_group(" + "?,".repeat(PARAMETERS - 1) + "?)";
  private static final String ALONE = "SELECT " + COMMIT;

  /**
   * Whichever of the two fails, nothing is written. The fence is asked last, as the writing may
   * have waited for other commits.
   */
  private static final String FENCED = "SELECT " + COMMIT + ", relay.check_fence(?, ?)";

  private CommitStatement() {}

  /**
   * Writes the group in a transaction of its own; the connection is in auto-commit mode.
   *
   * @param fence in whose name; absent where nobody asks
   */
  static void execute(Connection connection, CommitGroup group, @Nullable Fence fence)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(fence == null ? ALONE : FENCED)) {
      SqlArrays arrays = new SqlArrays(connection, statement);
      bindStates(arrays, group.states());
      bindConsumed(arrays, group.consumed());
      bindPostponed(arrays, group.postponed());
      bindReplies(arrays, group.replies());
      bindJournal(arrays, group.journal());
      bindOwed(arrays, group.owed());
      bindTimers(arrays, group.timers());
      if (fence != null) {
        arrays.single(fence.node()).single(fence.incarnation());
      }
      statement.execute();
    }
  }

  private static void bindStates(SqlArrays arrays, List<StateWrite> states) throws SQLException {
    arrays
        .text(states, write -> write.address().actor())
        .text(states, write -> write.address().key())
        .longs(states, StateWrite::base)
        .longs(states, StateWrite::version)
        .text(states, StateWrite::state);
  }

  private static void bindConsumed(SqlArrays arrays, List<DeliveryRef> consumed)
      throws SQLException {
    arrays
        .text(consumed, ref -> ref.status().text())
        .text(consumed, ref -> ref.to().actor())
        .ints(consumed, DeliveryRef::partition)
        .text(consumed, DeliveryRef::id);
  }

  private static void bindPostponed(SqlArrays arrays, List<Postponement> postponed)
      throws SQLException {
    arrays
        .text(postponed, each -> each.ref().status().text())
        .text(postponed, each -> each.ref().to().actor())
        .ints(postponed, each -> each.ref().partition())
        .text(postponed, each -> each.ref().id())
        .text(postponed, each -> each.status().text())
        .ints(postponed, Postponement::attempts)
        .text(postponed, each -> each.dueAt().toString())
        .text(postponed, Postponement::error);
  }

  private static void bindReplies(SqlArrays arrays, List<RecordedReply> replies)
      throws SQLException {
    arrays
        .text(replies, RecordedReply::requestId)
        .text(replies, RecordedReply::fingerprint)
        .text(replies, RecordedReply::messageId)
        .text(replies, RecordedReply::data)
        .text(replies, RecordedReply::emitted);
  }

  private static void bindJournal(SqlArrays arrays, List<JournalEntry> journal)
      throws SQLException {
    arrays
        .text(journal, JournalEntry::turnId)
        .text(journal, JournalEntry::actor)
        .text(journal, JournalEntry::key)
        .longs(journal, JournalEntry::version)
        .text(journal, JournalEntry::message)
        .text(journal, JournalEntry::emitted)
        .text(journal, JournalEntry::outcome);
  }

  private static void bindOwed(SqlArrays arrays, List<OwedDelivery> owed) throws SQLException {
    arrays
        .text(owed, each -> status(each.owed()))
        .text(owed, each -> each.owed().actor())
        .ints(owed, each -> partition(each.owed()))
        .text(owed, each -> each.owed().id())
        .text(owed, each -> each.owed().key())
        .text(owed, OwedDelivery::message)
        .text(owed, each -> each.owed().undeliverable());
  }

  private static void bindTimers(SqlArrays arrays, List<TimerWrite> timers) throws SQLException {
    arrays
        .text(timers, each -> each.of().actor())
        .ints(timers, each -> Partitions.of(each.of()))
        .text(timers, each -> each.of().key())
        .text(timers, TimerWrite::name)
        .text(timers, each -> each.next() == null ? null : each.next().id())
        .text(timers, each -> each.next() == null ? null : each.next().dueAt().toString())
        .text(timers, each -> each.next() == null ? null : each.next().message());
  }

  private static String status(Owed owed) {
    return (owed.undeliverable() == null ? DeliveryStatus.READY : DeliveryStatus.DEAD).text();
  }

  private static int partition(Owed owed) {
    return owed.key().isEmpty() ? 0 : Partitions.of(new ActorAddress(owed.actor(), owed.key()));
  }
}
