/**
 * What the author of an actor touches: {@link dev.relay.actor.RelayActor}, {@link
 * dev.relay.actor.Handles}, {@link dev.relay.actor.Turn}, and what asks of a handler come to:
 * {@link dev.relay.actor.Answer} or {@link dev.relay.actor.AskException}.
 */
@NullMarked
package dev.relay.actor;

import org.jspecify.annotations.NullMarked;
