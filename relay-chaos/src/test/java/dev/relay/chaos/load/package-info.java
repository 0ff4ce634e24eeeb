/** Clients that send, and keep book of what was accepted and what is unknown. */
@NullMarked
package dev.relay.chaos.load;

import org.jspecify.annotations.NullMarked;
