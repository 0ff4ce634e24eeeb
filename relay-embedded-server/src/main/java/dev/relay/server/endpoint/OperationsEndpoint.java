package dev.relay.server.endpoint;

import dev.relay.server.http.Answer;
import dev.relay.server.http.Call;
import dev.relay.server.http.Endpoint;
import dev.relay.server.http.Route;
import dev.relay.server.problem.HttpFault;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.undertow.util.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What the machinery around a node asks: does it live, is it ready, how does it fare. */
public final class OperationsEndpoint implements Endpoint {
  private static final String OPEN_METRICS = "application/openmetrics-text";
  private static final String TEXT_0_0_4 = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;
  private final Supplier<Optional<String>> notReady;

  /**
   * @param notReady why the node takes no work now; empty where it does. May block
   */
  public OperationsEndpoint(PrometheusMeterRegistry registry, Supplier<Optional<String>> notReady) {
    this.registry = registry;
    this.notReady = notReady;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/healthz", this::health).always(),
        Route.get("/readyz", this::readiness).waiting().always(),
        Route.get("/metrics", this::metrics).waiting().always());
  }

  private void health(Call call) {
    call.answer(Answer.json(200, json -> status(json, "up")));
  }

  private void readiness(Call call) {
    Optional<String> why = notReady.get();
    if (why.isPresent()) {
      throw HttpFault.NOT_READY.because(why.get());
    }
    call.answer(Answer.json(200, json -> status(json, "ready")));
  }

  private static void status(tools.jackson.core.JsonGenerator json, String status) {
    json.writeStartObject();
    json.writeStringProperty("status", status);
    json.writeEndObject();
  }

  private void metrics(Call call) {
    call.query().only();
    String accept = call.header(Headers.ACCEPT);
    String contentType =
        accept != null && accept.contains(OPEN_METRICS)
            ? OPEN_METRICS + "; version=1.0.0; charset=utf-8"
            : TEXT_0_0_4;
    byte[] body = registry.scrape(contentType).getBytes(StandardCharsets.UTF_8);
    call.answer(Answer.of(200, contentType, body));
  }
}
