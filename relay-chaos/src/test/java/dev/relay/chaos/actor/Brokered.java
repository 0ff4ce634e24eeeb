package dev.relay.chaos.actor;

/**
 * A broker's state.
 *
 * @param orders how many it has carried out
 * @param sum of their ids' hashes
 */
public record Brokered(long orders, long sum) {
  public static final Brokered NOTHING = new Brokered(0, 0);

  /** The state after an order. */
  public Brokered after(Order order) {
    return new Brokered(orders + 1, sum + Hash.of(order.command()));
  }
}
