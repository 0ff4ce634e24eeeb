/**
 * How a request comes in and its answer goes out: routes, bounded bodies, the hand-over between I/O
 * threads and everything that waits. Knows nothing of actors. Used by this module only; not an API.
 */
@NullMarked
package dev.relay.server.http;

import org.jspecify.annotations.NullMarked;
