/** What the tests break: node processes, Postgres, and the network between them. */
@NullMarked
package dev.relay.chaos.cluster;

import org.jspecify.annotations.NullMarked;
