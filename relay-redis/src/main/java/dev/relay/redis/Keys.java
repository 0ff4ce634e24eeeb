package dev.relay.redis;

/**
 * The names of everything in Redis. Braces mark what a Cluster hashes: keys that one call uses
 * together lie in one slot.
 *
 * @param prefix what all start with
 */
record Keys(String prefix) {
  /** The stream of what is for one node. */
  String inbox(String node) {
    return prefix + ":{" + node + "}:inbox";
  }

  /** Is there as long as the node is, and Redis hasn't been emptied. */
  String alive(String node) {
    return prefix + ":{" + node + "}:alive";
  }

  /** The channel on which nodes hear that events were published. */
  String published() {
    return prefix + ":published";
  }

  /** The stream of published events for programs outside. */
  String events() {
    return prefix + ":events";
  }

  /** Who writes that stream now; in the slot of the stream. */
  String writer() {
    return "{" + events() + "}:writer";
  }
}
