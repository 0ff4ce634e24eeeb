/**
 * Calls that other systems make by themselves, at {@code POST /api/webhooks/{name}}: an application
 * says in a {@link dev.relay.server.webhook.Webhook} which calls are genuine and what they mean for
 * its actors. This is API; the rest of the server is reached through {@link
 * dev.relay.server.RelayServer}.
 */
@NullMarked
package dev.relay.server.webhook;

import org.jspecify.annotations.NullMarked;
