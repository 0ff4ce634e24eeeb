/** The Redis that the user configured. */
@NullMarked
package dev.relay.cli.redis;

import org.jspecify.annotations.NullMarked;
