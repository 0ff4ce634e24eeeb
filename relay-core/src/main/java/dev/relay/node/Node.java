package dev.relay.node;

import dev.relay.catalog.Catalog;
import dev.relay.cluster.Cluster;
import dev.relay.cluster.NodeName;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.ActorAddress;
import dev.relay.message.MessageIds;
import dev.relay.route.Router;
import dev.relay.store.CommitGroup;
import dev.relay.store.InstanceFinder;
import dev.relay.store.TurnStore;
import dev.relay.turn.Behaviour;
import dev.relay.turn.TurnOutcome;
import dev.relay.turn.TurnRunner;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The engine of one process: takes messages through the door to the lanes of their instances, and
 * keeps lanes and sweeper alive. Thread-safe; sending never blocks.
 */
public final class Node implements AutoCloseable {
  private final NodeOptions options;
  private final Hosting hosting;
  private final Door door;
  private final DeliveryIntake intake;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Sweeper sweeper;
  private final Bus bus;
  private final Offload offload;
  private final @Nullable Finder finder;
  private final Deadlines deadlines = new Deadlines();
  private final ReplyDesk replies;
  private final NodeMeters meters;
  private final CommitNews news;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final List<Runnable> publishedListeners = new CopyOnWriteArrayList<>();

  /** A node without others that is not running yet. */
  public Node(
      NodeOptions options,
      Collection<Behaviour> behaviours,
      TurnStore store,
      Supplier<Catalog> catalogs,
      MeterRegistry registry,
      InstantSource clock) {
    this(options, behaviours, store, catalogs, registry, clock, alone(behaviours), null);
  }

  /**
   * A node that is not running yet.
   *
   * @param behaviours the actors it hosts
   * @param store where its turns commit
   * @param catalogs the current snapshot of the catalog
   * @param registry takes its metrics
   * @param peers the other nodes
   */
  public Node(
      NodeOptions options,
      Collection<Behaviour> behaviours,
      TurnStore store,
      Supplier<Catalog> catalogs,
      MeterRegistry registry,
      InstantSource clock,
      Peers peers) {
    this(options, behaviours, store, catalogs, registry, clock, peers, null);
  }

  /**
   * A node that is not running yet.
   *
   * @param instances finds instances for queries that ask for more than one; absent where no actor
   *     has any
   */
  public Node(
      NodeOptions options,
      Collection<Behaviour> behaviours,
      TurnStore store,
      Supplier<Catalog> catalogs,
      MeterRegistry registry,
      InstantSource clock,
      Peers peers,
      @Nullable InstanceFinder instances) {
    this.options = options;
    this.hosting = hosting(behaviours, registry);
    MessageIds ids = new MessageIds(peers.cluster().clock());
    Router router = new Router(ids::mint);
    TurnRunner runner = new TurnRunner(ids::mint);
    String name = peers.cluster().current().self();
    this.replies = new ReplyDesk(name, catalogs, deadlines);
    this.door = new Door(name, catalogs, router, ids::mint, clock);
    this.intake = new DeliveryIntake(hosting, options.maxDeliveries(), this::toLane);
    Asks asks = new Asks(this::send, new Breakers(registry, clock), store, catalogs);
    this.finder = instances == null ? null : new Finder(instances, runner, catalogs, clock);
    this.offload = new Offload(runner, asks, catalogs, clock);
    this.meters = new NodeMeters(registry, intake::size, waiting::get);
    StateCache cache = new StateCache(options.cachedStateBytes());
    Committer committer = new Committer(store, runner, router, cache, catalogs, clock);
    LaneParts parts =
        new LaneParts(
            hosting,
            committer,
            new DirectDeliveries(hosting, intake, committer, router, catalogs, this::seenSince),
            intake,
            replies,
            cache,
            offload,
            meters,
            clock,
            options.maxGroup(),
            this::committed);
    for (int i = 0; i < options.lanes(); i++) {
      int number = i;
      lanes.add(new Lane(parts, address -> laneOf(address) == number));
    }
    this.sweeper =
        new Sweeper(store, intake, hosting.names(), clock, released -> bus().released(released));
    this.bus =
        new Bus(
            peers,
            intake,
            sweeper,
            replies,
            this::tellPublished,
            this::toLane,
            this::admitFromAfar);
    this.news = new CommitNews(intake, bus, this::tellPublished);
    intake.onBehind(sweeper::wake);
  }

  private static Peers alone(Collection<Behaviour> behaviours) {
    Set<String> actors = new TreeSet<>();
    behaviours.forEach(behaviour -> actors.add(behaviour.definition().name()));
    return new Peers(Cluster.alone(NodeName.mint(), actors), null);
  }

  private Bus bus() {
    return bus;
  }

  /** Starts lanes and sweeper, and to hear of other nodes. */
  public void start() {
    for (int i = 0; i < lanes.size(); i++) {
      run("relay-lane-" + i, lanes.get(i));
      run("relay-writer-" + i, lanes.get(i).writer());
    }
    run("relay-sweeper", sweeper);
    bus.start();
  }

  /**
   * Sends a message by the catalog's pattern. The answer comes on a thread of the node's, which
   * must not be blocked; it fails with {@link RelayException} only.
   */
  public CompletableFuture<Receipt> send(SendRequest request) {
    if (stopping.get() && request.asker() == null) {
      return refused(ErrorCode.SHUTTING_DOWN, "this node is stopping", "send it to another node");
    }
    Door.Entry entry;
    try {
      entry = door.check(request);
    } catch (RelayException failure) {
      Hosting.Hosted hosted = request.actor() == null ? null : hosting.find(request.actor());
      if (hosted != null) {
        hosted.tally().refused();
      }
      return CompletableFuture.failedFuture(failure);
    }
    Work.Awaited work = entry.work();
    RelayException byRules = refusedByRules(work);
    if (byRules != null) {
      return CompletableFuture.failedFuture(byRules);
    }
    boolean nested = request.asker() != null;
    if (work instanceof Work.Ask ask) {
      return ask(ask, entry.timeout(), nested);
    }
    return admit(work, entry.timeout(), nested, this::toLane);
  }

  private CompletableFuture<Receipt> ask(Work.Ask ask, Duration timeout, boolean nested) {
    String actor = ask.address().actor();
    Hosting.Hosted here = hosting.find(actor);
    Consumer<Work.Awaited> found = here == null ? null : finding(ask, here);
    if (found != null) {
      return admit(ask, timeout, nested, found);
    }
    String owner = bus.owner(ask.address());
    boolean hosted = here != null;
    if (bus.isHere(owner, hosted)) {
      return admit(ask, timeout, nested, this::toLane);
    }
    if (owner == null) {
      return refused(
          ErrorCode.NOT_HOSTED,
          "no reachable node hosts actor " + actor,
          "start one with: relay serve --actors " + actor);
    }
    boolean repeatable = ask.request() != null || door.isQuery(ask.message().type());
    return admit(ask, timeout, nested, work -> bus.ask(ask, owner, repeatable));
  }

  /** An ask that another node has checked and passes on. */
  private CompletableFuture<Receipt> admitFromAfar(Work.Ask ask) {
    Hosting.Hosted here = hosting.find(ask.address().actor());
    if (here == null) {
      return refused(
          ErrorCode.NOT_HOSTED,
          "the node that was asked doesn't host actor " + ask.address().actor(),
          "see which do with: relay node list");
    }
    Duration left = Duration.ofNanos(Math.max(1, ask.caller().deadline() - System.nanoTime()));
    boolean nested = !ask.caller().instances().isEmpty();
    Consumer<Work.Awaited> found = finding(ask, here);
    return admit(ask, left, nested, found == null ? this::toLane : found);
  }

  /** The way of a query that finds instances, which has no turn of its own. */
  private @Nullable Consumer<Work.Awaited> finding(Work.Ask ask, Hosting.Hosted here) {
    Finder finding = finder;
    return finding != null && Finder.finds(here, ask.message())
        ? work -> finding.answer(ask, here)
        : null;
  }

  /**
   * A tell's sender hears of broken rules at once, where this node knows them; a turn comes later.
   */
  private @Nullable RelayException refusedByRules(Work.Awaited work) {
    if (!(work instanceof Work.Post post) || post.publishedBy() != null) {
      return null;
    }
    Hosting.Hosted hosted = hosting.find(post.address().actor());
    TurnOutcome.Refused refusal =
        hosted == null ? null : TurnRunner.refusalByRules(hosted.behaviour(), post.message());
    if (hosted == null || refusal == null) {
      return null;
    }
    hosted.tally().refused();
    return refusal.toException();
  }

  /**
   * What a handler asks for is part of work that was accepted, so it finds room where that ends.
   */
  private CompletableFuture<Receipt> admit(
      Work.Awaited work, Duration timeout, boolean nested, Consumer<Work.Awaited> onward) {
    int most = nested ? 2 * options.maxWaiting() : options.maxWaiting();
    if (waiting.incrementAndGet() > most) {
      waiting.decrementAndGet();
      meters.overloaded();
      return refused(
          ErrorCode.OVERLOADED,
          options.maxWaiting() + " messages are waiting already",
          "try again in a moment");
    }
    CompletableFuture<Receipt> answer = work.answer();
    answer.whenComplete((receipt, failure) -> waiting.decrementAndGet());
    deadlines.bound(answer, work.message().type(), timeout);
    onward.accept(work);
    return answer;
  }

  /** Has partitions looked at that have something to do, for example a retried dead letter. */
  public void look(Collection<TurnStore.Backlog> partitions) {
    partitions.forEach(intake::reread);
    bus.released(List.copyOf(partitions));
  }

  /** The actors this node hosts, by name. */
  public List<HostedActor> actors() {
    return hosting.all().stream().map(Node::hosted).toList();
  }

  /**
   * Calls back, on a thread of the node's, after events have been published; must not block.
   *
   * @return ends the calls
   */
  public Runnable onPublished(Runnable listener) {
    publishedListeners.add(listener);
    return () -> publishedListeners.remove(listener);
  }

  /** Refuses new work, finishes what was accepted within the bound, stops. Idempotent. */
  @Override
  public void close() {
    if (!stopping.compareAndSet(false, true)) {
      return;
    }
    bus.leave();
    long end = System.nanoTime() + options.drain().toNanos();
    while (waiting.get() > 0 && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(1_000_000);
    }
    sweeper.stop();
    lanes.forEach(Lane::stop);
    for (Thread thread : threads) {
      join(thread, end);
    }
    offload.close();
    if (finder != null) {
      finder.close();
    }
    deadlines.close();
    bus.close();
  }

  private long seenSince(ActorAddress sender, long base) {
    return news.since(sender, base);
  }

  private void committed(CommitGroup content) {
    news.committed(content);
  }

  private void tellPublished() {
    publishedListeners.forEach(Runnable::run);
  }

  private void toLane(Work work) {
    lane(work.address()).put(work);
  }

  /** By actor and key, so that the actors of one key spread too. */
  private Lane lane(ActorAddress address) {
    return lanes.get(laneOf(address));
  }

  private int laneOf(ActorAddress address) {
    return Math.floorMod(address.hashCode() * 0x9E3779B9 >>> 16, options.lanes());
  }

  private void run(String name, Runnable loop) {
    Thread thread = new Thread(loop, name);
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
  }

  private static void join(Thread thread, long end) {
    try {
      thread.join(Math.max(1_000, (end - System.nanoTime()) / 1_000_000));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static CompletableFuture<Receipt> refused(ErrorCode code, String what, String remedy) {
    return CompletableFuture.failedFuture(RelayException.of(code, what).remedy(remedy).build());
  }

  private static Hosting hosting(Collection<Behaviour> behaviours, MeterRegistry registry) {
    Map<String, Hosting.Hosted> hosted = new TreeMap<>();
    for (Behaviour behaviour : behaviours) {
      String name = behaviour.definition().name();
      hosted.put(name, new Hosting.Hosted(behaviour, new ActorTally(name, registry)));
    }
    return new Hosting(hosted);
  }

  private static HostedActor hosted(Hosting.Hosted hosted) {
    var definition = hosted.behaviour().definition();
    ActorTally tally = hosted.tally();
    return new HostedActor(
        definition.name(),
        definition.version(),
        definition.description(),
        List.copyOf(new TreeSet<>(definition.handlers().keySet())),
        tally.healthy(),
        tally.waiting(),
        tally.turns(),
        tally.refusals(),
        tally.failures());
  }
}
