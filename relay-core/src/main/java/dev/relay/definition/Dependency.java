package dev.relay.definition;

import dev.relay.catalog.Pattern;
import java.time.Duration;
import java.util.Set;

/**
 * An actor that another one asks or tells; anything undeclared is refused. Immutable.
 *
 * @param actor the actor depended on
 * @param events the events sent to it
 * @param pattern ask or tell
 * @param timeout how long an ask may take
 * @param purpose why, for people; may be empty
 * @param breaker when it isn't asked for a while
 */
public record Dependency(
    String actor,
    Set<String> events,
    Pattern pattern,
    Duration timeout,
    String purpose,
    BreakerPolicy breaker) {
  public Dependency {
    events = Set.copyOf(events);
  }
}
