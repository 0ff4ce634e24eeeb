package dev.relay.chaos.actor;

/**
 * What a command wants emitted.
 *
 * @param kind {@code entry}, {@code shake}, {@code poison}, {@code step}, {@code tick} or {@code
 *     alarm}
 * @param to the receiver's key
 * @param mark whether a poison actor fails on it, and whether an alarm is called off
 */
public record Target(String kind, String to, boolean mark) {
  /** What numbers are counted by. */
  public String line() {
    return kind + "/" + to;
  }
}
