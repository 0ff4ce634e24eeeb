package dev.relay;

import dev.relay.cluster.Cluster;
import dev.relay.cluster.Member;
import dev.relay.cluster.Membership;
import dev.relay.cluster.NodeName;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.node.Peers;
import dev.relay.postgres.ConnectionSource;
import dev.relay.postgres.PostgresStores;
import dev.relay.store.Fencing;
import dev.relay.store.StoreException;
import dev.relay.turn.Behaviour;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Wires a node to the others: with a transport it joins them, without one it is alone.
 *
 * @param fencing in whose name it commits
 * @param membership its place among them; absent where it is alone
 */
record Neighbourhood(Peers peers, Fencing fencing, @Nullable Membership membership) {
  static Neighbourhood of(RelayBuilder builder, List<Behaviour> behaviours, DataSource dataSource) {
    Set<String> actors = new TreeSet<>();
    behaviours.forEach(behaviour -> actors.add(behaviour.definition().name()));
    RelayBuilder.TransportSource transport = builder.transport;
    if (transport == null) {
      Cluster alone = Cluster.alone(NodeName.mint(), actors);
      return new Neighbourhood(new Peers(alone, null), Fencing.none(), null);
    }
    RelayBuilder.ConnectionSettings settings = builder.connection;
    ConnectionSource listening = settings == null ? null : settings::open;
    Membership membership =
        new Membership(
            PostgresStores.members(dataSource),
            PostgresStores.memberNews(listening),
            self(actors, builder.url),
            Membership.Timing.DEFAULT);
    join(membership);
    Peers peers = new Peers(membership, transport.make(dataSource, listening));
    return new Neighbourhood(peers, membership, membership);
  }

  private static Member self(Set<String> actors, @Nullable String url) {
    return new Member(
        NodeName.mint(), 1, actors, version(), NodeName.place(), url, false, Instant.EPOCH);
  }

  private static void join(Membership membership) {
    try {
      membership.start();
    } catch (StoreException unreachable) {
      throw RelayException.of(
              ErrorCode.DATABASE_UNREACHABLE,
              "joining the other nodes failed: " + unreachable.getMessage())
          .remedy("start Postgres, or check POSTGRES_HOST and POSTGRES_PORT")
          .cause(unreachable)
          .build();
    }
  }

  private static String version() {
    return Objects.requireNonNullElse(
        Neighbourhood.class.getPackage().getImplementationVersion(), "unknown");
  }

  /** Leaves the others. Idempotent. */
  void close() {
    if (membership != null) {
      membership.close();
    }
  }
}
