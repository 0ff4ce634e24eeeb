package dev.relay.message;

import tools.jackson.databind.JsonNode;

/**
 * One occurrence on its way: a command, a query or an event. Immutable by agreement: nobody changes
 * the payload's tree once it is in a message.
 *
 * @param id the message's id; every delivery of a published event carries the same one
 * @param type the name of its event definition, for example {@code ADD_TO_CART}
 * @param payload the payload, a JSON object that was checked against the definition's schema
 * @param headers what travels beside the payload
 */
public record Message(MessageId id, String type, JsonNode payload, Headers headers) {}
