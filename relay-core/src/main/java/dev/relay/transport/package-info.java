/**
 * The port that carries a delivery to the node that hosts its key. A carrier may lose, double or
 * reorder; the commit decides.
 */
@NullMarked
package dev.relay.transport;

import org.jspecify.annotations.NullMarked;
