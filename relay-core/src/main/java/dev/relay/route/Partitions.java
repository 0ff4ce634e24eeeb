package dev.relay.route;

import dev.relay.message.ActorAddress;

/** Which hash slice of an actor's keys an instance belongs to. */
public final class Partitions {
  /**
   * Partitions of every actor. Fixed for the life of a database, because deliveries carry theirs;
   * chosen so that some dozens of nodes can share an actor.
   */
  public static final int COUNT = 64;

  private Partitions() {}

  /**
   * The partition of an instance, 0 to {@value #COUNT} − 1: a 32-bit FNV-1a hash of the key's
   * UTF-16 units, finished with the mixer of MurmurHash3, so it is the same in every process.
   */
  public static int of(ActorAddress address) {
    String key = address.key();
    int hash = 0x811c9dc5;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x01000193;
    }
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return (hash ^ (hash >>> 16)) & (COUNT - 1);
  }
}
