package dev.relay.server.endpoint;

import dev.relay.Relay;
import dev.relay.catalog.ActorEntry;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.find.FindQuery;
import dev.relay.message.ActorAddress;
import dev.relay.node.HostedActor;
import dev.relay.node.InstanceState;
import dev.relay.node.Instances;
import dev.relay.schema.Nearest;
import dev.relay.server.http.Answer;
import dev.relay.server.http.Call;
import dev.relay.server.http.Endpoint;
import dev.relay.server.http.PercentCoding;
import dev.relay.server.http.Query;
import dev.relay.server.http.Route;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The actors this node hosts, and what their instances remember. */
public final class ActorsEndpoint implements Endpoint {
  private static final int USUAL_PAGE = 50;
  private static final int LARGEST_PAGE = 1000;

  private final Relay relay;

  public ActorsEndpoint(Relay relay) {
    this.relay = relay;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/actors", this::all).waiting(),
        Route.get("/api/actors/{actor}", this::one).waiting(),
        Route.get("/api/actors/{actor}/{key}", this::instance).waiting());
  }

  private void all(Call call) {
    call.query().only();
    List<HostedActor> actors = relay.actors();
    call.answer(
        Answer.success(
            json -> {
              json.writeArrayPropertyStart("actors");
              for (HostedActor actor : actors) {
                json.writeStartObject();
                write(json, actor);
                json.writeEndObject();
              }
              json.writeEndArray();
            }));
  }

  private void one(Call call) {
    Query query = call.query().only("after", "limit", "where", "order");
    String name = known(call.parameter(0));
    if (query.text("where").isPresent() || query.text("order").isPresent()) {
      found(call, query, name);
      return;
    }
    int limit = query.number("limit", USUAL_PAGE, 1, LARGEST_PAGE);
    Optional<HostedActor> hosted =
        relay.actors().stream().filter(actor -> actor.name().equals(name)).findFirst();
    List<InstanceState> page = relay.instances(name, query.text("after").orElse(""), limit);
    String next =
        page.size() < limit
            ? null
            : "/api/actors/"
                + PercentCoding.encode(name)
                + "?limit="
                + limit
                + "&after="
                + PercentCoding.encode(page.get(page.size() - 1).address().key());
    call.answer(Answer.success(json -> write(json, name, hosted.orElse(null), page, next)));
  }

  private void found(Call call, Query query, String name) {
    Instances.Question question =
        new Instances.Question(
            name,
            query.text("where").orElse(""),
            query.text("order").orElse(""),
            query.number("limit", USUAL_PAGE, 1, FindQuery.MOST),
            query.text("after").orElse(null));
    Instances.Page page = relay.find(question);
    String next = page.next() == null ? null : FoundJson.link(question, page.next());
    call.answer(Answer.success(json -> FoundJson.write(json, name, page, next)));
  }

  private void instance(Call call) {
    call.query().only();
    String name = known(call.parameter(0));
    ActorAddress address = address(name, call.parameter(1));
    InstanceState state =
        relay
            .instance(address)
            .orElseThrow(
                () ->
                    RelayException.of(ErrorCode.UNKNOWN_INSTANCE, "there is no state of " + address)
                        .remedy("GET /api/actors/" + name + " lists the instances there are")
                        .build());
    call.answer(
        Answer.success(
            json -> {
              json.writeStringProperty("actor", name);
              write(json, state);
              json.writeName("state");
              if (state.state() == null) {
                json.writeNull();
              } else {
                json.writeTree(state.state());
              }
            }));
  }

  /** The name where the catalog or this node knows the actor. */
  private String known(String name) {
    TreeSet<String> names = new TreeSet<>();
    relay.catalog().actors().stream().map(ActorEntry::name).forEach(names::add);
    relay.actors().stream().map(HostedActor::name).forEach(names::add);
    if (names.contains(name)) {
      return name;
    }
    throw RelayException.of(ErrorCode.UNKNOWN_ACTOR, "there is no actor \"" + name + "\"")
        .remedy(
            Nearest.nearest(name, names)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse("GET /api/actors lists the actors there are"))
        .build();
  }

  private static ActorAddress address(String actor, String key) {
    try {
      return new ActorAddress(actor, key);
    } catch (IllegalArgumentException unusable) {
      throw RelayException.of(ErrorCode.MALFORMED_REQUEST, String.valueOf(unusable.getMessage()))
          .build();
    }
  }

  private static void write(
      JsonGenerator json,
      String name,
      @Nullable HostedActor hosted,
      List<InstanceState> page,
      @Nullable String next) {
    json.writeObjectPropertyStart("actor");
    if (hosted != null) {
      write(json, hosted);
    } else {
      json.writeStringProperty("name", name);
    }
    json.writeBooleanProperty("hosted", hosted != null);
    json.writeEndObject();
    json.writeArrayPropertyStart("instances");
    for (InstanceState instance : page) {
      json.writeStartObject();
      write(json, instance);
      json.writeEndObject();
    }
    json.writeEndArray();
    if (next != null) {
      json.writeStringProperty("next", next);
    }
  }

  static void write(JsonGenerator json, InstanceState instance) {
    json.writeStringProperty("key", instance.address().key());
    json.writeNumberProperty("version", instance.version());
    json.writeStringProperty("updated_at", instance.updatedAt().toString());
  }

  static void write(JsonGenerator json, HostedActor actor) {
    json.writeStringProperty("name", actor.name());
    json.writeStringProperty("version", actor.version());
    json.writeStringProperty("description", actor.description());
    json.writeBooleanProperty("healthy", actor.healthy());
    json.writeArrayPropertyStart("events");
    actor.events().forEach(json::writeString);
    json.writeEndArray();
    json.writeNumberProperty("waiting", actor.waiting());
    json.writeNumberProperty("turns", actor.turns());
    json.writeNumberProperty("refused", actor.refused());
    json.writeNumberProperty("failed", actor.failed());
  }
}
