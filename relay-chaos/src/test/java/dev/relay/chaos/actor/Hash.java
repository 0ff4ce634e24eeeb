package dev.relay.chaos.actor;

/** A number for a text, small enough that a run's sum stays exact in JSON. */
public final class Hash {
  private Hash() {}

  public static long of(String text) {
    return text.hashCode() & 0x7fffffffL;
  }
}
