package dev.relay.node;

import dev.relay.transport.CarrierReport;
import dev.relay.transport.Health;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the bus is. Immutable.
 *
 * @param transport its name; {@code none} for a node that is alone
 * @param health how the node that was asked finds it; absent where no node was asked
 * @param carrier what lies beneath; absent where that is nothing that could be looked at
 * @param nodes the living nodes by name
 * @param actors every actor that is hosted or owed something, by name
 */
public record BusReport(
    String transport,
    @Nullable Health health,
    @Nullable CarrierReport carrier,
    List<String> nodes,
    List<ActorLoad> actors) {
  public BusReport {
    nodes = List.copyOf(nodes);
    actors = List.copyOf(actors);
  }
}
