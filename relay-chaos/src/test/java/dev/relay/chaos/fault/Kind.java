package dev.relay.chaos.fault;

/** What can go wrong. */
public enum Kind {
  /** {@code kill -9} of a node, and a new one in its place. */
  NODE_KILLED,
  /** SIGSTOP of a node for longer than it may be silent, then SIGCONT: a zombie wakes. */
  NODE_FROZEN,
  /** SIGTERM of a node, and a new one in its place. */
  NODE_LEAVES,
  /** One node more, which leaves again. */
  NODE_JOINS,
  /** Postgres shuts down in order and comes back. */
  POSTGRES_RESTARTED,
  /** Postgres ends at once and recovers. */
  POSTGRES_CRASHES,
  /** Every connection of the nodes is ended by the server. */
  BACKENDS_TERMINATED,
  /** Connections to Postgres are refused for seconds. */
  POSTGRES_REFUSES,
  /** Connections to Postgres are cut, new ones are taken. */
  CONNECTIONS_CUT,
  /** Not a byte goes to or from Postgres for seconds; then all of them. */
  POSTGRES_STALLS,
  /** Every piece of bytes to and from Postgres takes longer. */
  POSTGRES_SLOW,
  /** More requests at once than there is room for, while Postgres is slow. */
  CROWD,
  /** Redis dies and comes back with nothing in it. */
  REDIS_EMPTIED,
  /** FLUSHALL in mid-run. */
  REDIS_FLUSHED,
  /** Redis takes no writes for seconds. */
  REDIS_READ_ONLY,
  /** Redis answers nothing for seconds, connections open. */
  REDIS_FROZEN,
  /** Connections to Redis are cut, new ones are taken. */
  REDIS_CUT;

  /** Whether it is about one node. */
  boolean ofNode() {
    return name().startsWith("NODE_");
  }

  /** Whether it is about Redis. */
  public boolean ofRedis() {
    return name().startsWith("REDIS_");
  }
}
