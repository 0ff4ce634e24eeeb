/** The verbs of {@code relay catalog}. */
@NullMarked
package dev.relay.cli.command.catalog;

import org.jspecify.annotations.NullMarked;
