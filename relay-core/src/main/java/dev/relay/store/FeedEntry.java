package dev.relay.store;

import dev.relay.message.Message;

/**
 * One published event in the stream.
 *
 * @param position where it stands
 * @param message the event with its headers
 */
public record FeedEntry(FeedPosition position, Message message) {}
