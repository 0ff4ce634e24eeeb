/**
 * Relay over Redis: the transport that carries notices and letters between nodes, and the stream of
 * published events that programs outside follow. Nothing is owed from Redis: whatever it loses is
 * in Postgres.
 */
@NullMarked
package dev.relay.redis;

import org.jspecify.annotations.NullMarked;
