package dev.relay.server.endpoint;

import dev.relay.Relay;
import dev.relay.catalog.CatalogEvent;
import dev.relay.definition.Durations;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.schema.Nearest;
import dev.relay.server.http.Call;
import dev.relay.server.http.Endpoint;
import dev.relay.server.http.Query;
import dev.relay.server.http.Route;
import dev.relay.server.sse.StreamFilter;
import dev.relay.server.sse.StreamHub;
import dev.relay.store.FeedPosition;
import io.undertow.util.HttpString;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Published events as they come, or from where a reader left off. */
public final class StreamEndpoint implements Endpoint {
  private static final HttpString LAST_EVENT_ID = new HttpString("Last-Event-ID");

  private final Relay relay;
  private final StreamHub hub;

  public StreamEndpoint(Relay relay, StreamHub hub) {
    this.relay = relay;
    this.hub = hub;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.get("/api/events/stream", this::open).waiting());
  }

  private void open(Call call) {
    Query query =
        call.query()
            .only(
                "type",
                "actor",
                "key",
                "correlation",
                "consumer",
                "after",
                "from",
                "since",
                "deliveries");
    StreamFilter filter =
        StreamFilter.of(
                query.text("type").orElse(""),
                query.text("actor").orElse(null),
                query.text("key").orElse(null),
                query.text("correlation").orElse(null))
            .receivedBy(query.text("consumer").map(this::receiver).orElse(null));
    refuseUnknown(filter);
    FeedPosition start = start(query, Optional.ofNullable(call.header(LAST_EVENT_ID)));
    boolean deliveries = deliveries(query);
    hub.open(call.stream("text/event-stream; charset=utf-8"), filter, start, deliveries);
  }

  /** A name that no event has would be a stream in which nothing ever comes. */
  private void refuseUnknown(StreamFilter filter) {
    List<String> known = relay.catalog().events().stream().map(CatalogEvent::name).toList();
    for (String unknown : filter.unknownTypes(known)) {
      throw RelayException.of(
              ErrorCode.UNKNOWN_EVENT,
              "the catalog has no event \"" + unknown + "\"" + Nearest.suggestion(unknown, known))
          .remedy("name one it has, or use * for any characters, type=ORDER_* for example")
          .build();
    }
  }

  private StreamFilter.Receiver receiver(String actor) {
    Set<String> consumers = new TreeSet<>();
    for (CatalogEvent event : relay.catalog().events()) {
      event.definition().consumers().forEach(consumer -> consumers.add(consumer.actor()));
    }
    if (!consumers.contains(actor)) {
      throw RelayException.of(
              ErrorCode.UNKNOWN_ACTOR,
              "the catalog names no consumer \""
                  + actor
                  + "\""
                  + Nearest.suggestion(actor, consumers))
          .remedy("consumers are " + String.join(", ", consumers))
          .build();
    }
    return new StreamFilter.Receiver(
        actor, name -> relay.catalog().event(name).flatMap(e -> e.consumer(actor)).isPresent());
  }

  private FeedPosition start(Query query, Optional<String> lastEventId) {
    Optional<String> after = lastEventId.filter(id -> !id.isBlank()).or(() -> query.text("after"));
    if (after.isPresent()) {
      return remembered(position(after.get()));
    }
    Optional<String> since = query.text("since");
    if (since.isPresent()) {
      return hub.before(time(since.get()));
    }
    Optional<String> from = query.text("from");
    if (from.isEmpty() || from.get().equals("now")) {
      return hub.end();
    }
    if (from.get().equals("start")) {
      return FeedPosition.START;
    }
    throw malformed("\"from\" is start or now, not " + from.get());
  }

  private static boolean deliveries(Query query) {
    String text = query.text("deliveries").orElse("false");
    if (!text.equals("true") && !text.equals("false")) {
      throw malformed("\"deliveries\" is true or false, not " + text);
    }
    return text.equals("true");
  }

  private static Instant time(String text) {
    try {
      return Durations.parse(text)
          .map(back -> Instant.now().minus(back))
          .orElseGet(() -> Instant.parse(text));
    } catch (DateTimeException | ArithmeticException unreadable) {
      throw malformed("\"since\" is a time, 2026-02-14T09:30:00Z, or how long ago, 10m: " + text);
    }
  }

  private static FeedPosition position(String text) {
    try {
      return FeedPosition.parse(text.trim());
    } catch (IllegalArgumentException unreadable) {
      throw malformed(String.valueOf(unreadable.getMessage()));
    }
  }

  private FeedPosition remembered(FeedPosition position) {
    if (relay.feed().forgot(position)) {
      throw RelayException.of(
              ErrorCode.POSITION_FORGOTTEN,
              "events after "
                  + position
                  + " have been dropped with the days they were of, so this stream would have a gap")
          .remedy("begin with from=start, the oldest there is, or with from=now")
          .build();
    }
    return position;
  }

  private static RelayException malformed(String message) {
    return RelayException.of(ErrorCode.MALFORMED_REQUEST, message)
        .remedy("send the id of the last event that came, or from=start")
        .build();
  }
}
