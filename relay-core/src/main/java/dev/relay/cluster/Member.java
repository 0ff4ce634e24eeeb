package dev.relay.cluster;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A living node. Immutable.
 *
 * @param name unique for each start of a process, for example {@code shop-1-4711-k3f9}
 * @param incarnation counts its joins, from 1
 * @param actors the actors it hosts
 * @param version the Relay it runs
 * @param place host and process id, for people
 * @param url where its HTTP is answered; absent where it answers none
 * @param leaving whether it gives its partitions away, because it is stopping
 * @param startedAt when it joined, by the clock of Postgres
 */
public record Member(
    String name,
    long incarnation,
    Set<String> actors,
    String version,
    String place,
    @Nullable String url,
    boolean leaving,
    Instant startedAt) {
  public Member {
    actors = java.util.Collections.unmodifiableSet(new TreeSet<>(actors));
  }

  /** Whether it may own partitions of this actor. */
  public boolean hosts(String actor) {
    return !leaving && actors.contains(actor);
  }

  Member incarnation(long next) {
    return new Member(name, next, actors, version, place, url, false, startedAt);
  }
}
