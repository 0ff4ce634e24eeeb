package dev.relay.node;

import dev.relay.message.ActorAddress;
import dev.relay.store.RecordedReply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The work of one commit group: a chain for each instance, and the posts. One thread's at a time.
 */
final class Group {
  private final Map<ActorAddress, Chain> chains;
  private final List<Work.Post> posts;
  private final Map<String, Work.RequestKey> claimed = new HashMap<>(0);
  private final Map<String, RecordedReply> recorded = new HashMap<>(0);
  private final DirectTurns direct = new DirectTurns();

  Group() {
    this(new LinkedHashMap<>(), new ArrayList<>(0));
  }

  private Group(Map<ActorAddress, Chain> chains, List<Work.Post> posts) {
    this.chains = chains;
    this.posts = posts;
  }

  void add(Work work, Hosting.Hosted hosted) {
    if (work instanceof Work.Finished) {
      // its request was claimed when its handler set out, in a group that is long gone
      claimFor(work.origin());
    }
    chains.computeIfAbsent(work.address(), address -> new Chain(address, hosted)).add(work);
  }

  void add(Work.Post post) {
    posts.add(post);
  }

  /** Takes over another group's work, on other instances than its own. */
  void add(Group other) {
    chains.putAll(other.chains);
    posts.addAll(other.posts);
    claimed.putAll(other.claimed);
    recorded.putAll(other.recorded);
    direct.add(other.direct);
  }

  /** Adds the turns of an instance that consumes what the group emits. */
  void addConsumer(Chain chain) {
    chains.put(chain.address(), chain);
    direct.consumes(chain.address());
  }

  /** What the group consumes of what it emits. */
  DirectTurns direct() {
    return direct;
  }

  /**
   * Takes out the turns that consume what the group emits; it is owed again.
   *
   * @return whether there were any
   */
  boolean withdrawDirect() {
    boolean any = direct.size() > 0;
    direct.withdraw();
    chains.keySet().removeAll(direct.withdrawn());
    return any;
  }

  boolean has(ActorAddress instance) {
    return chains.containsKey(instance);
  }

  /** Whether one instance, or one post, is all there is, but for what it makes others consume. */
  boolean isAlone() {
    return size() - direct.size() == 1;
  }

  /** Reserves a request id for this group. */
  void claim(Work.RequestKey request) {
    claimed.put(request.id(), request);
  }

  /** The request that has an id in this group. */
  Work.@Nullable RequestKey claimed(String requestId) {
    return claimed.get(requestId);
  }

  /**
   * Takes out the chains that need no commit: queries, refusals, waiting handlers. Their request
   * ids are free again.
   */
  Group takeUnwritten() {
    Group unwritten = new Group();
    Iterator<Chain> each = chains.values().iterator();
    while (each.hasNext()) {
      Chain chain = each.next();
      if (!chain.wantsCommit()) {
        unwritten.chains.put(chain.address(), chain);
        each.remove();
      }
    }
    forgetClaimsOfOthers();
    return unwritten;
  }

  private void forgetClaimsOfOthers() {
    if (claimed.isEmpty()) {
      return;
    }
    claimed.clear();
    for (Chain chain : chains.values()) {
      chain.works().forEach(work -> claimFor(work.origin()));
    }
    posts.forEach(this::claimFor);
  }

  private void claimFor(Work work) {
    Work.RequestKey request = work instanceof Work.Awaited awaited ? awaited.request() : null;
    if (request != null) {
      claim(request);
    }
  }

  Collection<String> requestIds() {
    return claimed.keySet();
  }

  Map<String, RecordedReply> recorded() {
    return recorded;
  }

  Collection<Chain> chains() {
    return chains.values();
  }

  List<Work.Post> posts() {
    return posts;
  }

  boolean isEmpty() {
    return chains.isEmpty() && posts.isEmpty();
  }

  int size() {
    return chains.size() + posts.size();
  }

  /** One group for each chain and each post, sharing what is known of requests. */
  List<Group> split() {
    List<Group> parts = new ArrayList<>(size());
    chains.forEach(
        (address, chain) -> {
          Group part = new Group(new HashMap<>(Map.of(address, chain)), new ArrayList<>(0));
          part.recorded.putAll(recorded);
          parts.add(part);
        });
    posts.forEach(
        post -> {
          Group part = new Group(new HashMap<>(), new ArrayList<>(List.of(post)));
          part.recorded.putAll(recorded);
          parts.add(part);
        });
    return parts;
  }
}
