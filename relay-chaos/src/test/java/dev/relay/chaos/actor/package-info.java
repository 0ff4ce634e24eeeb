/** Actors whose final state can be computed from what they were sent. */
@NullMarked
package dev.relay.chaos.actor;

import org.jspecify.annotations.NullMarked;
