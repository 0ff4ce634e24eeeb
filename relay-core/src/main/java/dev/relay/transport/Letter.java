package dev.relay.transport;

/**
 * One message from node to node: an ask that is passed on, or its reply.
 *
 * @param id tells apart what comes twice, a UUID
 * @param from the sending node's name
 * @param body JSON text, some bytes to some megabytes
 */
public record Letter(String id, String from, String body) {}
