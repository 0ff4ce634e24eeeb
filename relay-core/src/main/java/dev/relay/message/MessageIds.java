package dev.relay.message;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import java.time.InstantSource;

/**
 * Mints message ids by a clock that is told: nodes that share a clock mint ids that are in order
 * among them too, as far as the clock is the same for all. Thread-safe.
 */
public final class MessageIds {
  private final TimeOrderedEpochFactory factory;

  /**
   * @param clock gives the ids' times, to the millisecond
   */
  public MessageIds(InstantSource clock) {
    factory =
        TimeOrderedEpochFactory.builder()
            .withInstantFunction(clock::instant)
            .withIncrementPlus1()
            .build();
  }

  /** A new id, greater than all that were minted here before. */
  public MessageId mint() {
    return new MessageId(factory.create().toString());
  }
}
