/**
 * The HTTP surface of Relay. {@link dev.relay.server.RelayServer} is all there is to use; the
 * packages below it are its inside.
 */
@NullMarked
package dev.relay.server;

import org.jspecify.annotations.NullMarked;
