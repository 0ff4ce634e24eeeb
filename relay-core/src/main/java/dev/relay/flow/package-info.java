/**
 * Flows: processes across actors, run as durable state of an actor of their own.
 *
 * <p>{@link dev.relay.flow.FlowActor} turns a definition into that actor, {@link
 * dev.relay.flow.Flows} is what people and callers use.
 */
@NullMarked
package dev.relay.flow;

import org.jspecify.annotations.NullMarked;
