package dev.relay.chaos.node;

/**
 * What a node process is told at its start, as one line of JSON on its standard input.
 *
 * @param actors the folder of the definitions
 */
public record NodeSettings(String jdbcUrl, String user, String password, String actors) {}
