package dev.relay.chaos.cluster;

/** What carries notices and letters between the nodes. */
public enum Carrier {
  POSTGRES,
  /** Notices and letters are lost, doubled, late and out of order. */
  HOSTILE_POSTGRES,
  REDIS,
  HOSTILE_REDIS,
  /** A master and a replica under a Sentinel. */
  SENTINEL;

  public boolean isRedis() {
    return this == REDIS || this == HOSTILE_REDIS || this == SENTINEL;
  }

  public boolean isHostile() {
    return this == HOSTILE_POSTGRES || this == HOSTILE_REDIS;
  }
}
