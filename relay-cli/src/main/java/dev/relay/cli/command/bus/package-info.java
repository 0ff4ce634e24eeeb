/** {@code relay bus}: what carries notices between nodes, and what it holds. */
@NullMarked
package dev.relay.cli.command.bus;

import org.jspecify.annotations.NullMarked;
