/**
 * A real Redis for tests: processes of their own on the loopback address, which can be killed,
 * frozen, emptied and made read-only, alone, with Sentinels, or as a Cluster.
 *
 * <p>The program is the one that {@code RELAY_TEST_REDIS} names, else {@code redis-server} or
 * {@code valkey-server} on the PATH, else the one inside {@code
 * com.github.codemonstur:embedded-redis} where that is on the class path.
 */
@NullMarked
package dev.relay.testkit.redis;

import org.jspecify.annotations.NullMarked;
