/**
 * The values that travel: messages, their addresses, ids and headers. Imports nothing else of
 * Relay.
 */
@NullMarked
package dev.relay.message;

import org.jspecify.annotations.NullMarked;
