package dev.relay.node;

import dev.relay.message.ActorAddress;
import dev.relay.store.RecordedReply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The work of one commit group: a chain for each instance, in the order of their addresses so that
 * no two groups lock rows in opposite orders, and the posts. Used by its lane only.
 */
final class Group {
  private final Map<ActorAddress, Chain> chains;
  private final List<Work.Post> posts;
  private final Map<String, Work.RequestKey> claimed = new HashMap<>(0);
  private final Map<String, RecordedReply> recorded = new HashMap<>(0);

  Group() {
    this(new TreeMap<>(), new ArrayList<>(0));
  }

  private Group(Map<ActorAddress, Chain> chains, List<Work.Post> posts) {
    this.chains = chains;
    this.posts = posts;
  }

  void add(Work work, Hosting.Hosted hosted) {
    chains.computeIfAbsent(work.address(), address -> new Chain(address, hosted)).add(work);
  }

  void add(Work.Post post) {
    posts.add(post);
  }

  /**
   * Reserves a request id for this group.
   *
   * @return the request that has it already; absent where the id is free in this group
   */
  Work.@Nullable RequestKey claim(Work.RequestKey request) {
    return claimed.putIfAbsent(request.id(), request);
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
          Group part = new Group(new TreeMap<>(Map.of(address, chain)), new ArrayList<>(0));
          part.recorded.putAll(recorded);
          parts.add(part);
        });
    posts.forEach(
        post -> {
          Group part = new Group(new TreeMap<>(), new ArrayList<>(List.of(post)));
          part.recorded.putAll(recorded);
          parts.add(part);
        });
    return parts;
  }
}
