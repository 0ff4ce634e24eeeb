package dev.relay.chaos.fault;

/**
 * A fault to come.
 *
 * @param at milliseconds after the start of the run
 * @param node the number of the node it hits, where it hits one
 * @param millis how long it lasts
 */
public record Planned(Kind kind, long at, int node, long millis) {
  @Override
  public String toString() {
    String where = kind.ofNode() ? " node " + node : "";
    return "%6.1f s  %s%s for %d ms".formatted(at / 1000.0, kind, where, millis);
  }
}
