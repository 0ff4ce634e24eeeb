package dev.relay.node;

import java.util.List;

/**
 * An actor that this node hosts, and how it fares since the node's start.
 *
 * @param name the actor's name
 * @param version the version of its definition
 * @param description what it is, for people
 * @param events the names of the events it receives, sorted
 * @param healthy false where its recent deliveries keep failing
 * @param waiting messages in its mailboxes now
 * @param turns turns committed
 * @param refused messages refused by a rule, a schema or the actor itself
 * @param failed turns whose handler failed
 */
public record HostedActor(
    String name,
    String version,
    String description,
    List<String> events,
    boolean healthy,
    long waiting,
    long turns,
    long refused,
    long failed) {
  public HostedActor {
    events = List.copyOf(events);
  }
}
