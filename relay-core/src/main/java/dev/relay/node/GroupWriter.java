package dev.relay.node;

import dev.relay.store.CommitGroup;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a lane's groups on a thread of its own, one at a time, so that the lane runs the next
 * turns while Postgres works. Answers the callers as soon as a group is written.
 */
final class GroupWriter implements Runnable {
  /** A group that was written, or wasn't. */
  record Written(Group group, @Nullable CommitGroup content, @Nullable RuntimeException failure) {}

  private record Order(Group group, GroupContent content) {}

  private final Committer committer;
  private final GroupAnswers answers;
  private final NodeMeters meters;
  private final Consumer<CommitGroup> committed;
  private final Runnable wakeLane;
  private volatile @Nullable Order next;
  private volatile @Nullable Written written;
  private volatile @Nullable Thread thread;
  private volatile boolean stopping;

  /**
   * @param committed hears of every group that was written
   * @param wakeLane called when a group is done
   */
  GroupWriter(
      Committer committer,
      GroupAnswers answers,
      NodeMeters meters,
      Consumer<CommitGroup> committed,
      Runnable wakeLane) {
    this.committer = committer;
    this.answers = answers;
    this.meters = meters;
    this.committed = committed;
    this.wakeLane = wakeLane;
  }

  /** Hands a group over; the lane must have taken what became of the one before. */
  void hand(Group group, GroupContent content) {
    next = new Order(group, content);
    LockSupport.unpark(thread);
  }

  /** What became of the group that was handed over, once it is known. */
  @Nullable Written take() {
    Written done = written;
    if (done != null) {
      written = null;
    }
    return done;
  }

  /** Ends the loop when nothing is handed over any more. */
  void stop() {
    stopping = true;
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    while (true) {
      Order order = next;
      if (order != null) {
        next = null;
        written = write(order.group(), order.content());
        wakeLane.run();
      } else if (stopping) {
        return;
      } else {
        LockSupport.park(this);
      }
    }
  }

  /** Writes a group on the caller's thread. */
  Written write(Group group, GroupContent content) {
    long start = System.nanoTime();
    try {
      CommitGroup done = committer.write(group, content, answers);
      group.chains().forEach(answers::committed);
      group.posts().forEach(answers::committed);
      committed.accept(done);
      meters.group(done.journal().size(), System.nanoTime() - start);
      return new Written(group, done, null);
    } catch (RuntimeException failure) {
      return new Written(group, null, failure);
    }
  }
}
