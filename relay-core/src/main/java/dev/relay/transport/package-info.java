/**
 * The port between nodes: notices and letters that may be lost, doubled, late or out of order. What
 * is owed is in Postgres, and a commit decides what counts.
 */
@NullMarked
package dev.relay.transport;

import org.jspecify.annotations.NullMarked;
