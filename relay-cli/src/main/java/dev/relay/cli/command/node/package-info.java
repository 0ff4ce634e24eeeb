/** {@code relay node}: the living nodes. */
@NullMarked
package dev.relay.cli.command.node;

import org.jspecify.annotations.NullMarked;
