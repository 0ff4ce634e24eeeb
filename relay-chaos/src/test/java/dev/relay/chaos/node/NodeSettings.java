package dev.relay.chaos.node;

/**
 * What a node process is told at its start, as one line of JSON on its standard input.
 *
 * @param actors the folder of the definitions
 * @param redisPort on loopback; 0 where notices and letters go through Postgres
 * @param sentinel whether that port is a Sentinel's
 * @param malice the seed of a hostile transport; 0 for an honest one
 */
public record NodeSettings(
    String jdbcUrl,
    String user,
    String password,
    String actors,
    int redisPort,
    boolean sentinel,
    long malice) {
  /** The address of the database, by which it knows the process that connects. */
  String urlOf(long pid) {
    return jdbcUrl + "?options=-c%20chaos.pid=" + pid;
  }
}
