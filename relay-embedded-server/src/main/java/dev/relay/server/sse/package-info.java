/**
 * Published events as server-sent events. The newest ones are read from the feed once for all
 * streams; a stream that is further behind reads the feed for itself. A stream holds its position
 * and the piece being written, nothing else. Used by this module only; not an API.
 */
@NullMarked
package dev.relay.server.sse;

import org.jspecify.annotations.NullMarked;
