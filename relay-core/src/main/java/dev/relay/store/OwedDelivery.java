package dev.relay.store;

import dev.relay.route.Owed;

/**
 * A delivery to write down.
 *
 * @param owed who is owed what
 * @param message the message as JSON text
 */
public record OwedDelivery(Owed owed, String message) {}
