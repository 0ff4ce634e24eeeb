/** {@code relay flow}: processes across actors. */
@NullMarked
package dev.relay.cli.command.flow;

import org.jspecify.annotations.NullMarked;
