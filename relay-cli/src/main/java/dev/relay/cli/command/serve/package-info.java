/** {@code relay serve}: what is started, in which order, and what is said about it. */
@NullMarked
package dev.relay.cli.command.serve;

import org.jspecify.annotations.NullMarked;
