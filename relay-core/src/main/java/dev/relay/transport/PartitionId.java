package dev.relay.transport;

/**
 * A hash slice of an actor's keys.
 *
 * @param actor the actor's name
 * @param number 0 to 63
 */
public record PartitionId(String actor, int number) {
  @Override
  public String toString() {
    return actor + "/" + number;
  }
}
