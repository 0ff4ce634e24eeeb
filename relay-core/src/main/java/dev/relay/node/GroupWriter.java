package dev.relay.node;

import dev.relay.store.CommitGroup;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writes a lane's groups on a thread of its own, one at a time, so that the lane runs the next
 * turns while Postgres works. When a group is written it takes the next one before anything else,
 * so that Postgres doesn't wait for the answers to callers.
 */
final class GroupWriter implements Runnable {
  /** A group with what it wants written. */
  record Order(Group group, GroupContent content) {
    /** Takes over another order, on other instances than its own. */
    void add(Order other) {
      group.add(other.group);
      content.add(other.content);
    }
  }

  /** A group that was written, or wasn't. */
  record Written(Group group, @Nullable CommitGroup content, @Nullable RuntimeException failure) {}

  private final Committer committer;
  private final GroupAnswers answers;
  private final NodeMeters meters;
  private final Runnable wakeLane;
  private final AtomicReference<@Nullable Order> next = new AtomicReference<>();
  private final Queue<Written> written = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Thread sleeper;
  private volatile boolean stopping;

  /**
   * @param wakeLane called when a group is done
   */
  GroupWriter(Committer committer, GroupAnswers answers, NodeMeters meters, Runnable wakeLane) {
    this.committer = committer;
    this.answers = answers;
    this.meters = meters;
    this.wakeLane = wakeLane;
  }

  /** The order that waits, which may have been begun in the meantime. */
  @Nullable Order waiting() {
    return next.get();
  }

  /** Takes back the order that waits, if it hasn't been begun. */
  @Nullable Order takeBack() {
    return next.getAndSet(null);
  }

  /** Offers an order, to be begun as soon as the one before is done; none may be waiting. */
  void offer(Order order) {
    next.set(order);
    unpark();
  }

  /** What became of a group, once it is known; in the order in which they were begun. */
  @Nullable Written take() {
    return written.poll();
  }

  /** Ends the loop when nothing waits any more. */
  void stop() {
    stopping = true;
    unpark();
  }

  @Override
  public void run() {
    Order order = awaitNext();
    while (order != null) {
      Written done = write(order);
      Order following = takeBack();
      written.add(done);
      wakeLane.run();
      order = following == null ? awaitNext() : following;
    }
  }

  private @Nullable Order awaitNext() {
    sleeper = Thread.currentThread();
    Order order = takeBack();
    while (order == null && !stopping) {
      LockSupport.park(this);
      order = takeBack();
    }
    sleeper = null;
    return order;
  }

  private void unpark() {
    Thread writer = sleeper;
    if (writer != null) {
      LockSupport.unpark(writer);
    }
  }

  /** Writes a group on the caller's thread. */
  Written write(Order order) {
    long start = System.nanoTime();
    try {
      CommitGroup done = committer.write(order.group(), order.content(), answers);
      meters.group(done.journal().size(), System.nanoTime() - start);
      return new Written(order.group(), done, null);
    } catch (RuntimeException failure) {
      return new Written(order.group(), null, failure);
    }
  }
}
