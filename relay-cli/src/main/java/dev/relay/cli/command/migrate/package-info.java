/** The verbs of {@code relay migrate}. */
@NullMarked
package dev.relay.cli.command.migrate;

import org.jspecify.annotations.NullMarked;
