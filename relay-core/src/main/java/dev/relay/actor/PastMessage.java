package dev.relay.actor;

import dev.relay.message.Message;

/**
 * A message that an instance has taken, as its journal has it.
 *
 * @param version the instance's version after its turn: they count from 1, without a gap
 */
public record PastMessage(long version, Message message) {}
