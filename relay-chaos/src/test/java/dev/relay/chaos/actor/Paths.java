package dev.relay.chaos.actor;

/**
 * The hops between a source and a receiver: always the same ones, so that order can be kept from
 * end to end.
 */
public final class Paths {
  private static final int HOPS = 3;

  private Paths() {}

  public static String via(String from, String to) {
    return "v" + Hash.of(from + ">" + to) % HOPS;
  }

  public static String then(String from, String to) {
    return "w" + Hash.of(to + "<" + from) % HOPS;
  }
}
