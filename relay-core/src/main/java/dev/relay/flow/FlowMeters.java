package dev.relay.flow;

import dev.relay.message.ActorAddress;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what one flow's runs come to on this node. A turn that runs again counts again; exact are
 * the figures in the state. Thread-safe.
 */
final class FlowMeters {
  private static final Logger log = LoggerFactory.getLogger(FlowMeters.class);

  private final String flow;
  private final MeterRegistry registry;

  FlowMeters(String flow, MeterRegistry registry) {
    this.flow = flow;
    this.registry = registry;
  }

  void step(Track.Taken taken) {
    Timer.builder("relay.flow.step")
        .description("From the begin of a flow's step to its end")
        .tag("flow", flow)
        .tag("step", taken.step())
        .tag("outcome", taken.status())
        .register(registry)
        .record(taken.time());
  }

  void ended(FlowStatus how) {
    registry.counter("relay.flow.ended", "flow", flow, "status", how.text()).increment();
  }

  void paused(ActorAddress address, FlowState.Trouble error) {
    registry.counter("relay.flow.pauses", "flow", flow, "step", error.step()).increment();
    log.warn(
        "flow {}/{} is paused at {}: {} {}. See: relay flow show {}/{}",
        flow,
        address.key(),
        error.step(),
        error.code(),
        error.message(),
        flow,
        address.key());
  }
}
