package dev.relay.node;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.ActorAddress;
import dev.relay.store.CommitGroup;
import dev.relay.store.StateWrite;
import dev.relay.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread with one loop: take what waits, run it, add it to the open group; hand that to the
 * writer whenever it is free. While a group is being written the next one gathers by itself, which
 * is all the batching there is. All work of an instance comes through the same lane, and waits
 * while a turn of the instance is being written, so its turns never meet.
 */
final class Lane implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Lane.class);

  /** Longest sleep without work; a wake-up or due retry ends it earlier. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Inbox inbox = new Inbox();
  private final Deque<Work> carried = new ArrayDeque<>();
  private final BusyInstances busy = new BusyInstances();
  private final HeldKeys held;
  private final DeliveryIntake intake;
  private final Hosting hosting;
  private final Committer committer;
  private final GroupAnswers answers;
  private final GroupWriter writer;
  private final StateCache cache;
  private final Offload offload;
  private final InstantSource clock;
  private final int maxGroup;
  private Group open = new Group();
  private @Nullable GroupContent openContent;
  private @Nullable Group writing;
  private volatile boolean stopping;

  Lane(LaneParts parts) {
    this.hosting = parts.hosting();
    this.committer = parts.committer();
    this.intake = parts.intake();
    this.answers = new GroupAnswers(parts.intake(), parts.replies());
    this.held = new HeldKeys(parts.intake());
    this.cache = parts.cache();
    this.offload = parts.offload();
    this.clock = parts.clock();
    this.maxGroup = parts.maxGroup();
    this.writer =
        new GroupWriter(committer, answers, parts.meters(), parts.committed(), inbox::wake);
  }

  /** Writes this lane's groups; to be run on a thread of its own. */
  GroupWriter writer() {
    return writer;
  }

  void put(Work work) {
    inbox.put(work);
  }

  /** Ends the loop after the groups under way. */
  void stop() {
    stopping = true;
    inbox.wake();
  }

  @Override
  public void run() {
    while (!stopping || writing != null || !open.isEmpty()) {
      try {
        round();
      } catch (RuntimeException fault) {
        log.error("a fault in a lane; its group is lost from memory, not from Postgres", fault);
      }
    }
    writer.stop();
  }

  private void round() {
    Instant now = clock.instant();
    takeWritten();
    Group batch = gather(now);
    if (!batch.isEmpty()) {
      prepare(batch);
    }
    if (!open.isEmpty() && writing == null) {
      write();
    } else if (open.size() >= maxGroup) {
      inbox.awaitWake(IDLE_NANOS);
    } else if (batch.isEmpty()) {
      inbox.await(held.nanosUntilDue(now, IDLE_NANOS));
    }
  }

  private void prepare(Group batch) {
    try {
      committer.prepare(batch, answers);
      Group unwritten = batch.takeUnwritten();
      unwritten.chains().forEach(answers::committed);
      unwritten.chains().forEach(this::leftovers);
      GroupContent content = committer.content(batch);
      if (openContent == null) {
        openContent = content;
      } else {
        openContent.add(content);
      }
      open.add(batch);
      batch.chains().forEach(chain -> busy.start(chain.address()));
    } catch (RuntimeException failure) {
      fail(batch, failure);
    }
  }

  /** Gives the open group to the writer; a lone turn is written here, which saves a hand-over. */
  private void write() {
    Group group = open;
    GroupContent content = Objects.requireNonNull(openContent);
    open = new Group();
    openContent = null;
    if (group.size() == 1 && inbox.isEmpty()) {
      finish(writer.write(group, content));
    } else {
      writing = group;
      writer.hand(group, content);
    }
  }

  private void takeWritten() {
    GroupWriter.Written written = writer.take();
    if (written != null) {
      writing = null;
      finish(written);
    }
  }

  private Group gather(Instant now) {
    Group batch = new Group();
    int room = maxGroup - open.size();
    if (room <= 0) {
      return batch;
    }
    held.due(now, delivery -> sort(batch, delivery, now));
    int carriedNow = carried.size();
    for (int i = 0; i < carriedNow; i++) {
      sort(batch, carried.removeFirst(), now);
    }
    inbox.drain(room, work -> sort(batch, work, now));
    return batch;
  }

  private void sort(Group batch, Work work, Instant now) {
    if (work instanceof Work.Post post) {
      if (claims(batch, post)) {
        batch.add(post);
      }
      return;
    }
    Hosting.Hosted hosted = hosting.find(work.address().actor());
    if (hosted == null) {
      throw new IllegalStateException("work for an actor that is not hosted: " + work.address());
    }
    if (work instanceof Work.Finished) {
      if (counts(work)) {
        batch.add(work, hosted);
      }
      busy.end(work.address()).forEach(each -> sort(batch, each, now));
    } else if (busy.park(work)) {
      return;
    } else if (work instanceof Work.Ask ask) {
      if (!ask.answer().isDone() && claims(batch, ask)) {
        batch.add(work, hosted);
      }
    } else if (work instanceof Work.Delivery delivery
        && counts(work)
        && !held.holds(delivery, now)) {
      batch.add(work, hosted);
    }
  }

  /** Whether the work is still this node's to do; a delivery may have moved or been read anew. */
  private boolean counts(Work work) {
    if (work.origin() instanceof Work.Delivery delivery && !intake.holds(delivery)) {
      intake.letGo(delivery);
      return false;
    }
    return true;
  }

  /** Whether the work's request id is free; if it is under way, the work comes again later. */
  private boolean claims(Group batch, Work.Awaited work) {
    Work.RequestKey request = work.request();
    if (request == null) {
      return true;
    }
    Work.RequestKey first = claimed(batch, request.id());
    if (first == null) {
      batch.claim(request);
      return true;
    }
    if (first.equals(request)) {
      carried.add(work);
    } else {
      answers.deny(work, GroupAnswers.conflict(request));
    }
    return false;
  }

  private Work.@Nullable RequestKey claimed(Group batch, String requestId) {
    Work.RequestKey first = batch.claimed(requestId);
    if (first == null) {
      first = open.claimed(requestId);
    }
    if (first == null && writing != null) {
      first = writing.claimed(requestId);
    }
    return first;
  }

  private void finish(GroupWriter.Written written) {
    Group group = written.group();
    CommitGroup content = written.content();
    if (content == null) {
      fail(group, Objects.requireNonNull(written.failure()));
    } else {
      remember(group, content);
    }
    for (Chain chain : group.chains()) {
      List<Work> parked = busy.end(chain.address());
      if (content != null) {
        leftovers(chain);
      }
      parked.forEach(
          work -> {
            if (!busy.park(work)) {
              carried.add(work);
            }
          });
    }
  }

  private void remember(Group group, CommitGroup content) {
    Map<ActorAddress, Integer> sizes = new HashMap<>();
    for (StateWrite write : content.states()) {
      String text = write.state();
      sizes.put(write.address(), text == null ? 0 : text.length());
    }
    for (Chain chain : group.chains()) {
      if (chain.writes()) {
        cache.put(
            chain.address(),
            new StateCache.Entry(
                chain.version(), chain.state(), sizes.getOrDefault(chain.address(), 0)));
      }
    }
  }

  /**
   * What the chain couldn't do in this group: a failed delivery's next attempt, waiting handlers.
   */
  private void leftovers(Chain chain) {
    Work.Delivery retry = chain.retry();
    if (retry != null) {
      held.hold(retry, chain.heldBack(), clock.instant());
    }
    if (chain.left().isEmpty()) {
      return;
    }
    if (chain.leaves()) {
      busy.start(chain.address());
      chain.left().stream().skip(1).forEach(busy::park);
      offload.run(chain.left().get(0).origin(), chain, this::put);
    } else {
      carried.addAll(chain.left());
    }
  }

  private void fail(Group group, RuntimeException failure) {
    RelayException told;
    if (failure instanceof StoreException unwritten) {
      log.warn("a commit group of {} was not written: {}", group.size(), failure.getMessage());
      told = unreachable(unwritten);
    } else {
      log.error("a fault of Relay's own in a commit group", failure);
      told = RelayException.of(ErrorCode.INTERNAL, String.valueOf(failure)).cause(failure).build();
    }
    group.chains().forEach(chain -> cache.forget(chain.address()));
    answers.unreachable(group, told);
  }

  private static RelayException unreachable(StoreException failure) {
    if (failure.kind() == StoreException.Kind.FENCED) {
      return RelayException.of(
              ErrorCode.NODE_LOST,
              "the other nodes took this one for dead, so what it did counts for nothing")
          .remedy("ask again in a moment; nothing was written")
          .cause(failure)
          .build();
    }
    return RelayException.of(
            ErrorCode.DATABASE_UNREACHABLE,
            failure.kind() == StoreException.Kind.UNKNOWN
                ? "the connection to Postgres broke during the commit; it may have been written"
                : "Postgres can't be reached: " + failure.getMessage())
        .remedy("ask again in a moment, with the same request id so that it happens once")
        .cause(failure)
        .build();
  }
}
