/** {@code relay tail}: published events as they come, each with what its consumers did. */
@NullMarked
package dev.relay.cli.command.tail;

import org.jspecify.annotations.NullMarked;
