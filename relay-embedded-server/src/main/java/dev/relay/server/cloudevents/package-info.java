/**
 * CloudEvents 1.0: how those of others are read. Used by this module only; not an API. How messages
 * are written is in {@link dev.relay.message.CloudEventWriter}.
 *
 * <p>{@code type} is the event's name and {@code data} its payload. Of ours, {@code source} is the
 * producing instance's path and {@code subject} its key; correlation, causation, trace and schema
 * version travel as extension attributes.
 */
@NullMarked
package dev.relay.server.cloudevents;

import org.jspecify.annotations.NullMarked;
