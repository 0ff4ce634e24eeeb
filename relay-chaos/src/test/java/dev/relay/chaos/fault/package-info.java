/** What may go wrong, when it does by the seed, and doing it. */
@NullMarked
package dev.relay.chaos.fault;

import org.jspecify.annotations.NullMarked;
