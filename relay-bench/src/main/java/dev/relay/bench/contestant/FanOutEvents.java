package dev.relay.bench.contestant;

import java.util.SplittableRandom;

/** The events of the fan-out: a key out of many, a number, and text as long as a small order's. */
final class FanOutEvents {
  private static final long SEED = 20_261_123;
  private static final String NOTE = "two red shirts, one mug; ".repeat(12);

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final int keys;

  FanOutEvents(int keys) {
    this.keys = keys;
  }

  synchronized FanOutActors.Sent event(long number) {
    return new FanOutActors.Sent("k" + random.nextInt(keys), number, NOTE);
  }
}
