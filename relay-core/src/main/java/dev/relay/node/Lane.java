package dev.relay.node;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.ActorAddress;
import dev.relay.store.CommitGroup;
import dev.relay.store.StoreException;
import dev.relay.store.StoredDelivery;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread with one loop: take what waits, run it as a group, commit, answer. All work of an
 * instance comes through the same lane, so its turns never meet. While a commit is under way the
 * next group gathers by itself, which is all the batching there is.
 */
final class Lane implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Lane.class);

  /** Longest sleep without work; a wake-up or due retry ends it earlier. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Inbox inbox = new Inbox();
  private final Deque<Work> carried = new ArrayDeque<>();
  private final Map<ActorAddress, Deque<Work>> away = new HashMap<>();
  private final HeldKeys held;
  private final Hosting hosting;
  private final Committer committer;
  private final GroupAnswers answers;
  private final StateCache cache;
  private final Offload offload;
  private final NodeMeters meters;
  private final InstantSource clock;
  private final int maxGroup;
  private final Consumer<CommitGroup> committed;
  private volatile boolean stopping;

  Lane(LaneParts parts) {
    this.hosting = parts.hosting();
    this.committer = parts.committer();
    this.answers = new GroupAnswers(parts.intake());
    this.held = new HeldKeys(parts.intake());
    this.cache = parts.cache();
    this.offload = parts.offload();
    this.meters = parts.meters();
    this.clock = parts.clock();
    this.maxGroup = parts.maxGroup();
    this.committed = parts.committed();
  }

  void put(Work work) {
    inbox.put(work);
  }

  /** Ends the loop after the group under way. */
  void stop() {
    stopping = true;
    inbox.wake();
  }

  @Override
  public void run() {
    while (!stopping) {
      try {
        round();
      } catch (RuntimeException fault) {
        log.error("a fault in a lane; its group is lost from memory, not from Postgres", fault);
      }
    }
  }

  private void round() {
    Instant now = clock.instant();
    Group group = gather(now);
    if (group.isEmpty()) {
      inbox.await(held.nanosUntilDue(now, IDLE_NANOS));
      return;
    }
    long start = System.nanoTime();
    try {
      CommitGroup content = committer.process(group, answers);
      finish(group, content);
      meters.group(content.journal().size(), System.nanoTime() - start);
    } catch (StoreException failure) {
      fail(group, failure);
    } catch (RuntimeException fault) {
      log.error("a fault of Relay's own in a commit group", fault);
      answers.unreachable(
          group, RelayException.of(ErrorCode.INTERNAL, String.valueOf(fault)).cause(fault).build());
    }
  }

  private Group gather(Instant now) {
    Group group = new Group();
    held.due(now, delivery -> sort(group, delivery, now));
    int carriedNow = carried.size();
    for (int i = 0; i < carriedNow; i++) {
      sort(group, carried.removeFirst(), now);
    }
    inbox.drain(maxGroup, work -> sort(group, work, now));
    return group;
  }

  private void sort(Group group, Work work, Instant now) {
    if (work instanceof Work.Post post) {
      if (claims(group, post)) {
        group.add(post);
      }
      return;
    }
    Hosting.Hosted hosted = hosting.find(work.address().actor());
    if (hosted == null) {
      throw new IllegalStateException("work for an actor that is not hosted: " + work.address());
    }
    Deque<Work> parked = away.get(work.address());
    if (work instanceof Work.Finished) {
      group.add(work, hosted);
      away.remove(work.address());
      if (parked != null) {
        parked.forEach(each -> sort(group, each, now));
      }
    } else if (parked != null) {
      parked.add(work);
    } else if (work instanceof Work.Ask ask) {
      if (!ask.answer().isDone() && claims(group, ask)) {
        group.add(work, hosted);
      }
    } else if (work instanceof Work.Delivery delivery && !held.holds(delivery, now)) {
      group.add(work, hosted);
    }
  }

  private boolean claims(Group group, Work.Awaited work) {
    Work.RequestKey request = work.request();
    Work.RequestKey first = request == null ? null : group.claim(request);
    if (request == null || first == null) {
      return true;
    }
    if (first.equals(request)) {
      carried.add(work);
    } else {
      answers.deny(work, GroupAnswers.conflict(request));
    }
    return false;
  }

  private void finish(Group group, CommitGroup content) {
    Map<ActorAddress, Integer> sizes = new HashMap<>();
    content
        .states()
        .forEach(
            write -> {
              String text = write.state();
              sizes.put(write.address(), text == null ? 0 : text.length());
            });
    for (Chain chain : group.chains()) {
      if (chain.writes()) {
        cache.put(
            chain.address(),
            new StateCache.Entry(
                chain.version(), chain.state(), sizes.getOrDefault(chain.address(), 0)));
      }
      answers.committed(chain);
      leftovers(chain);
    }
    group.posts().forEach(answers::committed);
    committed.accept(content);
  }

  private void leftovers(Chain chain) {
    Work.Delivery retry = chain.retry();
    if (retry != null) {
      held.hold(retry, chain.heldBack(), clock.instant());
    }
    if (chain.left().isEmpty()) {
      return;
    }
    if (chain.leaves()) {
      Deque<Work> parked = new ArrayDeque<>(chain.left());
      Work first = parked.removeFirst();
      away.put(chain.address(), parked);
      offload.run(first.origin(), chain, this::put);
    } else {
      carried.addAll(chain.left());
    }
  }

  private void fail(Group group, StoreException failure) {
    boolean open = failure.kind() == StoreException.Kind.UNKNOWN;
    log.warn("a commit group of {} was not written: {}", group.size(), failure.getMessage());
    group.chains().forEach(chain -> cache.forget(chain.address()));
    answers.unreachable(
        group,
        RelayException.of(
                ErrorCode.DATABASE_UNREACHABLE,
                open
                    ? "the connection to Postgres broke during the commit; it may have been written"
                    : "Postgres can't be reached: " + failure.getMessage())
            .remedy("ask again in a moment, with the same request id so that it happens once")
            .cause(failure)
            .build());
  }

  /** Work that waits in the lane's own memory, for a graceful stop. */
  boolean idle() {
    return inbox.isEmpty() && carried.isEmpty() && away.isEmpty();
  }

  /** A delivery handed to this lane. */
  void put(StoredDelivery delivery) {
    put(new Work.Delivery(delivery));
  }
}
