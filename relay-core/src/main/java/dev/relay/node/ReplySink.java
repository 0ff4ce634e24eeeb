package dev.relay.node;

/**
 * Carries replies to other nodes. Never blocks; may lose, double or delay one: it is then missing
 * in an answer, and nothing else.
 */
@FunctionalInterface
public interface ReplySink {
  /**
   * @param node the name of the node where somebody waits
   */
  void reply(String node, ConsumerReply reply);
}
