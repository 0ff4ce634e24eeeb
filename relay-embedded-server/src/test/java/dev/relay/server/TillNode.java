package dev.relay.server;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;

/** A node with a flow, an index and business metrics. */
final class TillNode {
  private TillNode() {}

  static RunningNode.Node start() {
    Path till = RunningNode.folder("/till");
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    return RunningNode.Node.start(
        relay ->
            relay.actors(till.resolve("actors")).flows(till.resolve("flows")).metrics(registry),
        server -> server.metrics(registry));
  }
}
