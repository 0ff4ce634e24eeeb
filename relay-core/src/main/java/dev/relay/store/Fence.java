package dev.relay.store;

/**
 * What lets a node write: its row among the living. Once others took it for dead, its commits are
 * refused until it joins again under the next incarnation.
 *
 * @param node the node's name
 * @param incarnation counts its joins, from 1
 */
public record Fence(String node, long incarnation) {}
