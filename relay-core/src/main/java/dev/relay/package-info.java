/**
 * Relay: the front door of the library. {@link dev.relay.Relay} is where everything is wired
 * together.
 */
@NullMarked
package dev.relay;

import org.jspecify.annotations.NullMarked;
