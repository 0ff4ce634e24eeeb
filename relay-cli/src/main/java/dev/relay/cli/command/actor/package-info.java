/** The verbs of {@code relay actor}. */
@NullMarked
package dev.relay.cli.command.actor;

import org.jspecify.annotations.NullMarked;
