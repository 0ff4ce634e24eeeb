/**
 * The load: which carts are filled with what, a light closed-loop HTTP client, what was measured.
 */
@NullMarked
package dev.relay.bench.load;

import org.jspecify.annotations.NullMarked;
