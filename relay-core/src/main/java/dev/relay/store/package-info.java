/**
 * Ports for what must survive: states, the commit of a group of turns, deliveries, journal and
 * recorded replies.
 */
@NullMarked
package dev.relay.store;

import org.jspecify.annotations.NullMarked;
