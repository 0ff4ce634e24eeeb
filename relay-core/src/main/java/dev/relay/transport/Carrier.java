package dev.relay.transport;

import java.util.Collection;

/**
 * What lies beneath a transport, looked at and mended from outside: for operators, not for
 * messages. Thread-safe; blocks on the carrier and on Postgres.
 */
public interface Carrier {
  /**
   * What it holds now. Doesn't fail where it can't be reached: then the report says so and has
   * nothing else.
   *
   * @param nodes the living nodes, whose part of it is looked at
   */
  CarrierReport look(Collection<String> nodes);

  /**
   * Makes what is missing from what Postgres has, and waits until it is there. What is there and
   * right stays as it is, so it may be repeated, and nodes may run meanwhile.
   *
   * @param nodes the living nodes; those that aren't seen at this carrier are named in the answer
   * @param anew whether the window of published events is thrown away first, though it is there
   * @throws CarrierException where it can't be reached, or isn't as it should be within a minute
   */
  Rebuilt rebuild(Collection<String> nodes, boolean anew);
}
