package dev.relay.node;

import dev.relay.catalog.Catalog;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.ActorAddress;
import dev.relay.route.Router;
import dev.relay.store.CommitGroup;
import dev.relay.store.Lookup;
import dev.relay.store.RecordedReply;
import dev.relay.store.StoreException;
import dev.relay.store.StoredState;
import dev.relay.store.TurnStore;
import dev.relay.turn.StateValue;
import dev.relay.turn.TurnRunner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Takes a group from its messages to its commit: loads states, runs the turns, writes. A conflict
 * sends only the chains it concerns back to their start. Blocks on the store. Thread-safe, as a
 * group is one thread's at a time.
 */
final class Committer {
  /** Runs of one group before its conflicts count as overload; each run means somebody else won. */
  private static final int MOST_ATTEMPTS = 25;

  /** How long an open commit is asked after before it counts as not written. */
  private static final Duration SETTLE = Duration.ofSeconds(10);

  /** Between two questions after an open commit. */
  private static final Duration SETTLE_PAUSE = Duration.ofMillis(200);

  private final TurnStore store;
  private final TurnRunner runner;
  private final Router router;
  private final StateCache cache;
  private final Supplier<Catalog> catalogs;
  private final InstantSource clock;

  Committer(
      TurnStore store,
      TurnRunner runner,
      Router router,
      StateCache cache,
      Supplier<Catalog> catalogs,
      InstantSource clock) {
    this.store = store;
    this.runner = runner;
    this.router = router;
    this.cache = cache;
    this.catalogs = catalogs;
    this.clock = clock;
  }

  /**
   * Loads what a group needs and runs its turns; nothing is written yet. Requests that were
   * answered before are answered again and leave the group.
   *
   * @throws StoreException where the store can't be read
   */
  void prepare(Group group, GroupAnswers answers) {
    load(group, group.chains());
    answerRepeats(group, answers);
    run(group.chains(), catalogs.get());
    List<Chain> refusing = group.chains().stream().filter(Chain::refusesFromMemory).toList();
    if (!refusing.isEmpty()) {
      refusing.forEach(chain -> cache.forget(chain.address()));
      load(group, refusing);
      run(refusing, catalogs.get());
    }
  }

  /**
   * Loads what these need and runs them one after the other, as long as there is time; those that
   * time doesn't reach have done nothing.
   *
   * @param end on the scale of {@link System#nanoTime}
   * @throws StoreException where the store can't be read
   */
  void run(Collection<Chain> chains, long end) {
    load(new Group(), chains);
    for (Chain chain : chains) {
      if (System.nanoTime() - end < 0) {
        run(List.of(chain), catalogs.get());
      }
    }
  }

  /** What a prepared group wants written. */
  GroupContent content(Group group) {
    GroupContent content = new GroupContent(router, catalogs.get());
    content.add(group);
    return content;
  }

  /**
   * Writes a prepared group.
   *
   * @param wanted what it wants written, as {@link #content} told
   * @return what was written
   * @throws StoreException of kind {@code UNAVAILABLE}, {@code UNKNOWN} or {@code FENCED} where the
   *     group isn't known to be written; of no other kind
   */
  CommitGroup write(Group group, GroupContent wanted, GroupAnswers answers) {
    CommitGroup content = wanted.toCommit();
    for (int attempt = 1; ; attempt++) {
      if (content.isEmpty()) {
        return content;
      }
      try {
        store.commit(content);
        return content;
      } catch (StoreException failure) {
        if (attempt == MOST_ATTEMPTS) {
          throw new StoreException(
              StoreException.Kind.UNAVAILABLE, "other writers won every time", failure);
        }
        switch (failure.kind()) {
          case CONFLICT -> {
            withdrawDirect(group);
            resolve(group, content, answers);
          }
          case REJECTED -> {
            if (withdrawDirect(group)) {
              break;
            }
            if (group.size() > 1) {
              return writeApart(group, answers);
            }
            reject(group, failure, answers);
          }
          case UNAVAILABLE -> {
            if (attempt > 3) {
              throw failure;
            }
          }
          case FENCED -> throw failure;
          case UNKNOWN -> {
            if (settled(content)) {
              return content;
            }
            throw failure;
          }
        }
      }
      content = content(group).toCommit();
    }
  }

  /** Consumers never fail their senders: whatever it was, what is owed is written down instead. */
  private boolean withdrawDirect(Group group) {
    boolean withdrawn = group.withdrawDirect();
    group.direct().withdrawn().forEach(cache::forget);
    return withdrawn;
  }

  private void load(Group group, Collection<Chain> chains) {
    List<Lookup> lookups = new ArrayList<>();
    List<Chain> asked = new ArrayList<>();
    for (Chain chain : chains) {
      StateCache.Entry entry = cache.get(chain.address());
      if (entry != null) {
        chain.startFromMemory(entry.version(), entry.state());
      }
      if (entry == null || chain.readOnly()) {
        lookups.add(new Lookup(chain.address(), entry == null ? -1 : entry.version()));
        asked.add(chain);
      }
    }
    if (lookups.isEmpty() && group.requestIds().isEmpty()) {
      return;
    }
    TurnStore.Loaded loaded = store.load(lookups, List.copyOf(group.requestIds()));
    for (int i = 0; i < asked.size(); i++) {
      start(asked.get(i), loaded.states().get(i));
    }
    loaded.replies().forEach(reply -> group.recorded().put(reply.requestId(), reply));
  }

  private void start(Chain chain, StoredState stored) {
    if (stored.unchanged()) {
      chain.confirmed();
      return;
    }
    String text = stored.state();
    StateValue state;
    try {
      state = chain.behaviour().load(chain.address(), text);
    } catch (RelayException unreadable) {
      chain.startUnreadable(stored.version(), unreadable);
      return;
    }
    chain.startFrom(stored.version(), state);
    if (stored.version() > 0) {
      cache.put(
          chain.address(),
          new StateCache.Entry(stored.version(), state, text == null ? 0 : text.length()));
    }
  }

  private void run(Collection<Chain> chains, Catalog catalog) {
    Instant now = clock.instant();
    chains.forEach(chain -> chain.run(runner, catalog, now));
  }

  private void answerRepeats(Group group, GroupAnswers answers) {
    if (group.recorded().isEmpty()) {
      return;
    }
    for (Chain chain : group.chains()) {
      for (Work work : List.copyOf(chain.works())) {
        if (work.origin() instanceof Work.Ask ask && answered(group, ask, answers)) {
          chain.remove(work);
        }
      }
    }
    group.posts().removeIf(post -> answered(group, post, answers));
  }

  private static boolean answered(Group group, Work.Awaited work, GroupAnswers answers) {
    Work.RequestKey request = work.request();
    RecordedReply reply = request == null ? null : group.recorded().get(request.id());
    if (request == null || reply == null) {
      return false;
    }
    answers.repeat(work, request, reply);
    return true;
  }

  /** Somebody else wrote first: what they touched is loaded and run again, the rest stays. */
  private void resolve(Group group, CommitGroup content, GroupAnswers answers) {
    TurnStore.Conflicts conflicts = store.conflicts(content);
    Set<ActorAddress> stale = conflicts.states();
    List<Chain> again = new ArrayList<>();
    for (Chain chain : group.chains()) {
      boolean lost = dropGone(chain, conflicts.deliveries(), answers);
      boolean repeats = !conflicts.requests().isEmpty() && hasRequest(chain, conflicts.requests());
      if (lost || repeats || stale.contains(chain.address())) {
        cache.forget(chain.address());
        again.add(chain);
      }
    }
    load(group, again);
    answerRepeats(group, answers);
    run(again, catalogs.get());
  }

  /**
   * A delivery that is gone was consumed or postponed by another node, which nothing here tells
   * apart. So all deliveries of the instance are given back and read anew: otherwise a later one
   * could overtake one that the other node has postponed.
   */
  private static boolean dropGone(Chain chain, Set<String> gone, GroupAnswers answers) {
    boolean lost =
        chain.works().stream()
            .anyMatch(
                work ->
                    work.origin() instanceof Work.Delivery delivery
                        && gone.contains(delivery.ref().id()));
    if (lost) {
      for (Work work : List.copyOf(chain.works())) {
        if (work.origin() instanceof Work.Delivery delivery) {
          chain.remove(work);
          answers.givenBack(delivery);
        }
      }
    }
    return lost;
  }

  private static boolean hasRequest(Chain chain, Set<String> requests) {
    return chain.works().stream()
        .anyMatch(
            work ->
                work.origin() instanceof Work.Ask ask
                    && ask.request() != null
                    && requests.contains(ask.request().id()));
  }

  /** One part of the group can't be stored: each is written by itself, so the others are. */
  private CommitGroup writeApart(Group group, GroupAnswers answers) {
    List<CommitGroup> written =
        group.split().stream()
            .map(part -> write(part, content(part), answers))
            .collect(Collectors.toList());
    return new CommitGroup(
        written.stream().flatMap(part -> part.states().stream()).toList(),
        written.stream().flatMap(part -> part.journal().stream()).toList(),
        written.stream().flatMap(part -> part.consumed().stream()).toList(),
        written.stream().flatMap(part -> part.postponed().stream()).toList(),
        written.stream().flatMap(part -> part.owed().stream()).toList(),
        written.stream().flatMap(part -> part.replies().stream()).toList(),
        written.stream().flatMap(part -> part.timers().stream()).toList());
  }

  private void reject(Group group, StoreException failure, GroupAnswers answers) {
    RelayException reason =
        RelayException.of(
                ErrorCode.INTERNAL, "Postgres refuses what this wrote: " + failure.getMessage())
            .cause(failure)
            .build();
    Instant now = clock.instant();
    group.chains().forEach(chain -> chain.reject(reason, now));
    group.posts().forEach(post -> answers.deny(post, reason));
    group.posts().clear();
  }

  private boolean settled(CommitGroup content) {
    if (content.journal().isEmpty()) {
      return false;
    }
    Instant end = clock.instant().plus(SETTLE);
    while (clock.instant().isBefore(end)) {
      try {
        return store.committed(content.journal(), end.minus(Duration.ofMinutes(5)));
      } catch (StoreException unreachable) {
        java.util.concurrent.locks.LockSupport.parkNanos(SETTLE_PAUSE.toNanos());
      }
    }
    return false;
  }
}
