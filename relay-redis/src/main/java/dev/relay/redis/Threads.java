package dev.relay.redis;

import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Transports;
import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** The client's threads. */
final class Threads implements AutoCloseable {
  /** Chosen: a node has a handful of connections; the client's default grows with the machine. */
  private static final int IO = 2;

  /** The client's smallest number. */
  private static final int COMPUTATION = 2;

  private static final long FAREWELL_MILLIS = 1000;

  // Our own, to stop it before the rest: a connect that failed leaves a time-out behind, which
  // would
  // fire into threads that are gone, and say so in the log.
  private final HashedWheelTimer timer =
      new HashedWheelTimer(new DefaultThreadFactory("relay-redis-timer", true));

  private final ClientResources resources =
      ClientResources.builder()
          .ioThreadPoolSize(IO)
          .computationThreadPoolSize(COMPUTATION)
          .timer(timer)
          .build();

  Threads() {
    // A client lets go of these when it is closed, and the last one ends them: so they are held
    // here, over all clients that follow each other.
    resources.eventLoopGroupProvider().allocate(Transports.eventLoopGroupClass());
  }

  ClientResources resources() {
    return resources;
  }

  @Override
  public void close() {
    timer.stop();
    resources.shutdown(0, FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
  }
}
