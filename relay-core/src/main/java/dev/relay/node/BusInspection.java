package dev.relay.node;

import dev.relay.cluster.Member;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.transport.Carrier;
import dev.relay.transport.CarrierException;
import dev.relay.transport.Health;
import dev.relay.transport.Rebuilt;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks at the bus as a whole, and mends what lies beneath. Thread-safe. */
public final class BusInspection {
  private final Nodes nodes;
  private final @Nullable Carrier carrier;

  /**
   * @param carrier what lies beneath the transport; absent where that can't be looked at
   */
  public BusInspection(Nodes nodes, @Nullable Carrier carrier) {
    this.nodes = nodes;
    this.carrier = carrier;
  }

  /**
   * All of it, now. Blocks on Postgres and the carrier; looks through all that is owed.
   *
   * @param transport its name
   * @param health how the asked node finds it; absent where none is asked
   * @throws RelayException {@code DATABASE_UNREACHABLE}
   */
  public BusReport look(String transport, @Nullable Health health) {
    List<String> names = names();
    return new BusReport(
        transport, health, carrier == null ? null : carrier.look(names), names, nodes.actors());
  }

  /**
   * Makes what the carrier lacks from what Postgres has; see {@link Carrier#rebuild}.
   *
   * @throws RelayException {@code BUS_UNREACHABLE}, {@code DATABASE_UNREACHABLE}
   */
  public Rebuilt rebuild(boolean anew) {
    if (carrier == null) {
      return new Rebuilt(
          false, List.of("this transport keeps nothing outside Postgres"), List.of());
    }
    try {
      return carrier.rebuild(names(), anew);
    } catch (CarrierException failure) {
      throw RelayException.of(
              ErrorCode.BUS_UNREACHABLE, Objects.requireNonNull(failure.getMessage()))
          .remedy("relay bus info shows how it is; doing it again does no harm")
          .cause(failure)
          .build();
    }
  }

  private List<String> names() {
    return nodes.members().stream().map(Member::name).toList();
  }
}
