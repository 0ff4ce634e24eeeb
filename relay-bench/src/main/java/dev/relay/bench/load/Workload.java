package dev.relay.bench.load;

import java.time.Duration;

/** A closed loop: each client sends its next request when it holds the answer to the last. */
public interface Workload {
  /**
   * Runs one phase and returns when its last answer is in; a later phase goes on where this one
   * ended. One phase at a time.
   *
   * @throws Exception when the phase can't be run to its end; answers that are no success are no
   *     reason, they are counted
   */
  Measurement run(int clients, Duration length) throws Exception;
}
