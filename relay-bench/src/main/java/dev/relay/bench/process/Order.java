package dev.relay.bench.process;

import dev.relay.bench.contestant.Database;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the driver asks of a child; the fields that a verb needs are set, the others are not. */
record Order(
    Verb verb,
    @Nullable String contestant,
    @Nullable Database database,
    int port,
    int carts,
    int clients,
    long millis,
    @Nullable String file) {

  enum Verb {
    START_NODE,
    START_LOAD,
    RUN,
    MEMORY,
    PROFILE,
    PROFILED
  }

  static Order startNode(String contestant, Database database, int carts) {
    return new Order(Verb.START_NODE, contestant, database, 0, carts, 0, 0, null);
  }

  static Order startLoad(int port, int carts) {
    return new Order(Verb.START_LOAD, null, null, port, carts, 0, 0, null);
  }

  static Order run(int clients, Duration length) {
    return new Order(Verb.RUN, null, null, 0, 0, clients, length.toMillis(), null);
  }

  static Order of(Verb verb) {
    return new Order(verb, null, null, 0, 0, 0, 0, null);
  }

  static Order profiled(String file) {
    return new Order(Verb.PROFILED, null, null, 0, 0, 0, 0, file);
  }

  Duration length() {
    return Duration.ofMillis(millis);
  }
}
