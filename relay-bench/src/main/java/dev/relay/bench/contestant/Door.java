package dev.relay.bench.contestant;

import dev.relay.bench.load.Workload;

/** Where a started contestant takes its load. */
public sealed interface Door {
  /** {@code POST /api/actors/cart} at this port of the loopback address, from another process. */
  record Http(int port) implements Door {}

  /** Calls inside the contestant's own process. */
  record InProcess(Workload workload) implements Door {}
}
