package dev.relay.node;

import dev.relay.catalog.Catalog;
import dev.relay.message.ActorAddress;
import dev.relay.message.Message;
import dev.relay.route.Owed;
import dev.relay.route.Router;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets instances consume what a group emits in that same group, so that one commit makes the
 * sender's turn and the consumers' true, and the delivery between them is never written down. Only
 * where that is as good as a delivery: the consumer is this lane's and idle, nothing earlier for it
 * is on its way, its handler doesn't wait, and its turn succeeds. Whatever else happens, the
 * delivery is written and goes the usual way, so a consumer never fails its sender. Thread-safe, as
 * a group is one thread's at a time.
 */
final class DirectDeliveries {
  /** How far a reaction is followed within one commit: chosen; the rest goes the usual way. */
  private static final int MOST_HOPS = 4;

  /** How long a group's senders may wait for its consumers: chosen, about a commit's own time. */
  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** Since when nothing that a sender emitted escaped this node. */
  interface Seen {
    /**
     * @param sender the sending instance
     * @param base the version that its next write replaces
     */
    long since(ActorAddress sender, long base);
  }

  private record Emission(Message message, List<Owed> owed, long since) {}

  private final Hosting hosting;
  private final DeliveryIntake intake;
  private final Committer committer;
  private final Router router;
  private final Supplier<Catalog> catalogs;
  private final Seen seen;

  DirectDeliveries(
      Hosting hosting,
      DeliveryIntake intake,
      Committer committer,
      Router router,
      Supplier<Catalog> catalogs,
      Seen seen) {
    this.hosting = hosting;
    this.intake = intake;
    this.committer = committer;
    this.router = router;
    this.catalogs = catalogs;
    this.seen = seen;
  }

  /**
   * Adds to a prepared group the turns that consume what it emits.
   *
   * @param idle whether an instance is this lane's and nothing of it is under way
   */
  void add(Group group, Predicate<ActorAddress> idle) {
    long end = System.nanoTime() + MOST_NANOS;
    Catalog catalog = catalogs.get();
    List<Emission> emissions = new ArrayList<>();
    for (Work.Post post : group.posts()) {
      emissions.add(new Emission(post.message(), post.owed(), since(post.message())));
    }
    collect(group.chains(), catalog, emissions);
    Predicate<ActorAddress> free = address -> !group.has(address) && idle.test(address);
    for (int hop = 0; hop < MOST_HOPS && !emissions.isEmpty(); hop++) {
      List<Chain> consumers = consumers(emissions, free);
      committer.run(consumers, end);
      consumers.removeIf(chain -> !chain.isDone());
      settle(group, emissions, consumers);
      emissions.clear();
      collect(consumers, catalog, emissions);
    }
    settle(group, emissions, List.of());
  }

  private long since(Message message) {
    ActorAddress producer = message.headers().producer();
    return producer == null ? Continuity.ALWAYS : seen.since(producer, -1);
  }

  private void collect(Collection<Chain> chains, Catalog catalog, List<Emission> emissions) {
    for (Chain chain : chains) {
      for (Chain.Done done : chain.done()) {
        for (Message message : done.effects().emitted()) {
          List<Owed> owed = router.receivers(catalog, message);
          long since = seen.since(chain.address(), chain.base());
          emissions.add(new Emission(message, owed, since));
        }
      }
    }
  }

  private List<Chain> consumers(List<Emission> emissions, Predicate<ActorAddress> free) {
    Map<ActorAddress, Chain> consumers = new LinkedHashMap<>();
    for (Emission emission : emissions) {
      for (Owed owed : emission.owed()) {
        Hosting.Hosted hosted = hosting.find(owed.actor());
        Work.Delivery delivery = hosted == null ? null : delivery(owed, emission, hosted, free);
        if (hosted != null && delivery != null) {
          consumers
              .computeIfAbsent(delivery.address(), address -> new Chain(address, hosted))
              .add(delivery);
        }
      }
    }
    return new ArrayList<>(consumers.values());
  }

  private Work.@Nullable Delivery delivery(
      Owed owed, Emission emission, Hosting.Hosted hosted, Predicate<ActorAddress> free) {
    Message message = owed.message();
    boolean ordinary =
        owed.undeliverable() == null
            && message.headers().replyTo() == null
            && !hosted.behaviour().waits(message.type())
            && !hosted.behaviour().readOnly(message.type());
    return ordinary && free.test(new ActorAddress(owed.actor(), owed.key()))
        ? intake.direct(owed, emission.since())
        : null;
  }

  private void settle(Group group, List<Emission> emissions, List<Chain> consumers) {
    Set<String> consumed = new HashSet<>();
    for (Chain chain : consumers) {
      chain.works().forEach(work -> consumed.add(((Work.Delivery) work).ref().id()));
      group.addConsumer(chain);
    }
    for (Emission emission : emissions) {
      List<Owed> left =
          emission.owed().stream().filter(owed -> !consumed.contains(owed.id())).toList();
      group.direct().owes(emission.message(), left);
      left.stream()
          .filter(each -> each.undeliverable() == null && hosting.find(each.actor()) != null)
          .forEach(group.direct()::owesTo);
    }
  }
}
