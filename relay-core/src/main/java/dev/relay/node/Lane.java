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
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread with one loop: answer what was written, take what waits, run it, add it to the group
 * that is offered to the writer. While a group is being written the next one gathers by itself,
 * which is all the batching there is. All work of an instance comes through the same lane, and
 * waits while a turn of the instance is being written, so its turns never meet.
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
  private final DirectDeliveries direct;
  private final Predicate<ActorAddress> own;
  private final GroupAnswers answers;
  private final GroupWriter writer;
  private final StateCache cache;
  private final Offload offload;
  private final InstantSource clock;
  private final int maxGroup;
  private final Consumer<CommitGroup> committed;

  /** Groups that are offered or being written, or whose callers aren't answered yet. */
  private final Deque<Group> underWay = new ArrayDeque<>();

  private volatile boolean stopping;

  /**
   * @param own whether an instance is this lane's
   */
  Lane(LaneParts parts, Predicate<ActorAddress> own) {
    this.own = own;
    this.direct = parts.direct();
    this.hosting = parts.hosting();
    this.committer = parts.committer();
    this.intake = parts.intake();
    this.answers = new GroupAnswers(parts.intake(), parts.replies());
    this.held = new HeldKeys(parts.intake());
    this.cache = parts.cache();
    this.offload = parts.offload();
    this.clock = parts.clock();
    this.maxGroup = parts.maxGroup();
    this.committed = parts.committed();
    this.writer = new GroupWriter(committer, answers, parts.meters(), inbox::wake);
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
    while (!stopping || !underWay.isEmpty()) {
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
    int room = room();
    if (room == 0) {
      inbox.awaitWake(IDLE_NANOS);
      return;
    }
    Group batch = gather(now, room);
    if (batch.isEmpty()) {
      inbox.await(held.nanosUntilDue(now, IDLE_NANOS));
    } else {
      prepare(batch);
    }
  }

  private void takeWritten() {
    GroupWriter.Written written = writer.take();
    while (written != null) {
      finish(written);
      written = writer.take();
    }
  }

  /** How many instances the group that waits for the writer can still take. */
  private int room() {
    GroupWriter.Order waiting = writer.waiting();
    return waiting == null ? maxGroup : Math.max(0, maxGroup - waiting.group().size());
  }

  private void prepare(Group batch) {
    GroupContent content;
    try {
      committer.prepare(batch, answers);
      Group unwritten = batch.takeUnwritten();
      unwritten.chains().forEach(answers::committed);
      unwritten.chains().forEach(this::leftovers);
      direct.add(batch, this::isIdle);
      content = committer.content(batch);
    } catch (RuntimeException failure) {
      fail(batch, failure);
      return;
    }
    if (!batch.isEmpty()) {
      batch.chains().forEach(chain -> busy.start(chain.address()));
      write(new GroupWriter.Order(batch, content));
    }
  }

  private boolean isIdle(ActorAddress instance) {
    return own.test(instance)
        && !busy.has(instance)
        && underWay.stream().noneMatch(group -> group.direct().owesTo(instance));
  }

  /**
   * Offers what is prepared to the writer, together with what waits for it already; a turn that is
   * alone is written here, which saves a hand-over.
   */
  private void write(GroupWriter.Order order) {
    if (order.group().isAlone() && underWay.isEmpty() && inbox.isEmpty()) {
      underWay.add(order.group());
      finish(writer.write(order));
      return;
    }
    GroupWriter.Order waiting = writer.takeBack();
    if (waiting == null) {
      underWay.add(order.group());
      writer.offer(order);
    } else {
      waiting.add(order);
      writer.offer(waiting);
    }
  }

  private Group gather(Instant now, int room) {
    Group batch = new Group();
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
    for (Group group : underWay) {
      if (first == null) {
        first = group.claimed(requestId);
      }
    }
    return first;
  }

  private void finish(GroupWriter.Written written) {
    Group group = written.group();
    underWay.remove(group);
    CommitGroup content = written.content();
    if (content == null) {
      fail(group, Objects.requireNonNull(written.failure()));
    } else {
      remember(group, content);
      group.chains().forEach(answers::committed);
      group.posts().forEach(answers::committed);
      committed.accept(content);
    }
    for (Chain chain : group.chains()) {
      List<Work> parked = busy.end(chain.address());
      if (content != null) {
        leftovers(chain);
      }
      again(parked);
    }
    group.direct().withdrawn().forEach(consumer -> again(busy.end(consumer)));
  }

  private void again(List<Work> parked) {
    for (Work work : parked) {
      if (!busy.park(work)) {
        carried.add(work);
      }
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
