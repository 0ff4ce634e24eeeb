package dev.relay.bench.load;

import java.util.SplittableRandom;

/**
 * Which line of which cart comes next: first every line of every cart once, so that all contestants
 * soon work on full carts, then at random with a fixed seed.
 *
 * <p>A choice is {@code line * carts + cart}. Not safe for use by several threads.
 */
public final class CartChoice {
  private static final long SEED = 20_261_101;

  private final int choices;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private int filled;

  public CartChoice(Carts carts) {
    this.choices = carts.count() * Carts.LINES;
  }

  public int next() {
    return filled < choices ? filled++ : random.nextInt(choices);
  }
}
