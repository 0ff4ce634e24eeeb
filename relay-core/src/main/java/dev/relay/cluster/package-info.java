/**
 * Which nodes live, and which of them owns which partition: the list of living nodes is in
 * Postgres, for every transport, and ownership follows from it by calculation.
 */
@NullMarked
package dev.relay.cluster;

import org.jspecify.annotations.NullMarked;
