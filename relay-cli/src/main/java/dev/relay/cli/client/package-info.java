/** Talks to a running node over HTTP. */
@NullMarked
package dev.relay.cli.client;

import org.jspecify.annotations.NullMarked;
