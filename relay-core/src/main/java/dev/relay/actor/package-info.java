/**
 * What the author of an actor touches: {@link dev.relay.actor.RelayActor}, {@link
 * dev.relay.actor.Handles}, {@link dev.relay.actor.Turn}.
 */
@NullMarked
package dev.relay.actor;

import org.jspecify.annotations.NullMarked;
