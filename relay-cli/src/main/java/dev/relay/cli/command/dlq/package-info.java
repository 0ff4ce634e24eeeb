/**
 * {@code relay dlq}: deliveries that were given up, to be looked at, retried, mended, discarded.
 */
@NullMarked
package dev.relay.cli.command.dlq;

import org.jspecify.annotations.NullMarked;
