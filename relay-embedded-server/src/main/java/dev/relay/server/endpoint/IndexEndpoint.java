package dev.relay.server.endpoint;

import dev.relay.failure.ErrorCode;
import dev.relay.server.http.Answer;
import dev.relay.server.http.Call;
import dev.relay.server.http.Endpoint;
import dev.relay.server.http.Route;
import dev.relay.server.problem.HttpFault;
import dev.relay.server.problem.ProblemType;
import dev.relay.server.problem.ProblemTypes;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;

/** What there is here: the paths, and the pages that explain the errors. */
public final class IndexEndpoint implements Endpoint {
  private final Supplier<List<Route>> all;

  /**
   * @param all every route of the server, this one's included; asked when the index is read
   */
  public IndexEndpoint(Supplier<List<Route>> all) {
    this.all = all;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/", this::index),
        Route.get("/errors", this::errors),
        Route.get("/errors/{code}", this::error));
  }

  private void index(Call call) {
    call.answer(
        Answer.json(
            200,
            json -> {
              json.writeStartObject();
              json.writeStringProperty("name", "Relay");
              json.writeArrayPropertyStart("endpoints");
              for (Route route : all.get()) {
                json.writeString(route.method() + " " + route.template());
              }
              json.writeEndArray();
              json.writeEndObject();
            }));
  }

  private void errors(Call call) {
    call.answer(
        Answer.success(
            json -> {
              json.writeArrayPropertyStart("errors");
              ProblemTypes.all().forEach(type -> write(json, type));
              json.writeEndArray();
            }));
  }

  private void error(Call call) {
    ProblemType type =
        ProblemTypes.find(call.parameter(0))
            .orElseThrow(
                () ->
                    HttpFault.NO_SUCH_PATH.because(
                        "there is no error code \""
                            + call.parameter(0)
                            + "\"; codes look like "
                            + ErrorCode.PAYLOAD_INVALID.code()
                            + ", GET /errors lists them"));
    call.answer(Answer.json(200, json -> write(json, type)));
  }

  private static void write(JsonGenerator json, ProblemType type) {
    json.writeStartObject();
    json.writeStringProperty("code", type.code());
    json.writeStringProperty("title", type.title());
    json.writeNumberProperty("status", type.status());
    json.writeStringProperty("explanation", type.explanation());
    json.writeEndObject();
  }
}
