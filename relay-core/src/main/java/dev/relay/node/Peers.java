package dev.relay.node;

import dev.relay.cluster.Cluster;
import dev.relay.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The other nodes: who they are and how to reach them.
 *
 * @param cluster who owns what
 * @param transport carries notices and letters, not started yet; absent where there are no others.
 *     The node closes it
 */
public record Peers(Cluster cluster, @Nullable Transport transport) {}
