/**
 * Reaches the database without a node: one's own Postgres where one is configured, else the
 * project's, which is borrowed while a node runs it and started for the moment while none does.
 */
@NullMarked
package dev.relay.cli.database;

import org.jspecify.annotations.NullMarked;
