package dev.relay.node;

import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogEvent;
import dev.relay.catalog.Consumer;
import dev.relay.catalog.EventDefinition;
import dev.relay.catalog.EventKind;
import dev.relay.catalog.Pattern;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.ActorAddress;
import dev.relay.message.Headers;
import dev.relay.message.JsonLimits;
import dev.relay.message.Message;
import dev.relay.message.MessageId;
import dev.relay.route.Owed;
import dev.relay.route.Router;
import dev.relay.schema.DocumentSchema;
import dev.relay.schema.StorableDocument;
import dev.relay.schema.Violation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Checks what comes from outside against the catalog before anything is queued or written. Pure but
 * for ids and time; thread-safe.
 */
final class Door {
  /** Longest request id, in characters; leaves room for a UUID with a prefix or a URL. */
  static final int LONGEST_REQUEST_ID = 200;

  /** How long the sender of a publication waits for it to be safe; the catalog's own default. */
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

  private static final DocumentSchema STORABLE = new StorableDocument(JsonLimits.DEFAULT);

  /** Checked work with the time its caller waits at most. */
  record Entry(Work.Awaited work, Duration timeout) {}

  private final String node;
  private final Supplier<Catalog> catalogs;
  private final Router router;
  private final Supplier<MessageId> ids;
  private final InstantSource clock;

  /**
   * @param node the name of this node, to which replies come
   */
  Door(
      String node,
      Supplier<Catalog> catalogs,
      Router router,
      Supplier<MessageId> ids,
      InstantSource clock) {
    this.node = node;
    this.catalogs = catalogs;
    this.router = router;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * The work that a request comes to.
   *
   * @throws RelayException where the catalog refuses it
   */
  Entry check(SendRequest request) {
    Catalog catalog = catalogs.get();
    String actor = request.actor();
    if (actor != null) {
      checkActor(catalog, actor);
    }
    CatalogEvent event = event(catalog, request.event());
    Consumer consumer = actor == null ? null : consumer(event, actor);
    if (consumer == null) {
      checkPublished(event);
    }
    checkPayload(event, request.payload());
    Work.RequestKey key = requestKey(request);
    Message message = message(event, request);
    if (consumer == null) {
      return publication(catalog, event, message, key, request);
    }
    ActorAddress address =
        finds(catalog, consumer, event)
            ? new ActorAddress(consumer.actor(), message.id().value())
            : address(catalog, consumer, request, message.headers().time());
    Duration timeout = request.timeout() == null ? consumer.timeout() : request.timeout();
    CompletableFuture<Receipt> answer = new CompletableFuture<>();
    if (consumer.pattern() == Pattern.ASK) {
      Work.Caller caller = caller(request, address, timeout);
      return new Entry(new Work.Ask(address, message, key, caller, answer), timeout);
    }
    Owed owed = new Owed(ids.get().value(), address.actor(), address.key(), message, null);
    return new Entry(new Work.Post(address, message, key, List.of(owed), null, answer), timeout);
  }

  /** Refuses an ask that one of those waiting for it would have to answer. */
  private Work.Caller caller(SendRequest request, ActorAddress address, Duration timeout) {
    Asker asker = request.asker();
    List<ActorAddress> waiting = asker == null ? List.of() : asker.waiting();
    boolean ring = waiting.contains(address);
    if (ring || waiting.size() > Asker.DEEPEST) {
      String way =
          waiting.stream().map(ActorAddress::toString).collect(Collectors.joining(" asks "));
      throw RelayException.of(
              ErrorCode.ASK_RING,
              (ring ? "asks go round in a ring: " : Asker.DEEPEST + " asks wait one in the other: ")
                  + way
                  + " asks "
                  + address
                  + " for "
                  + request.event())
          .remedy("emit an event instead of asking back, or send what is needed with the first ask")
          .build();
    }
    return new Work.Caller(waiting, System.nanoTime() + timeout.toNanos(), node);
  }

  /** Whether an event is a query, as far as the catalog knows. */
  boolean isQuery(String event) {
    return catalogs
        .get()
        .event(event)
        .map(known -> known.definition().kind() == EventKind.QUERY)
        .orElse(false);
  }

  /** Whether it is asked of no instance; its id stands in for the key and spreads the work. */
  private static boolean finds(Catalog catalog, Consumer consumer, CatalogEvent event) {
    return event.definition().kind() == EventKind.QUERY
        && catalog.actor(consumer.actor()).filter(actor -> actor.finds(event.name())).isPresent();
  }

  private Entry publication(
      Catalog catalog,
      CatalogEvent event,
      Message message,
      Work.@Nullable RequestKey key,
      SendRequest request) {
    String producer = checkPublished(event);
    List<Owed> owed = router.receivers(catalog, message);
    ActorAddress lane = new ActorAddress(producer, message.id().value());
    Work.Post post = new Work.Post(lane, message, key, owed, producer, new CompletableFuture<>());
    Duration timeout = request.timeout();
    return new Entry(post, timeout == null ? DEFAULT_TIMEOUT : timeout);
  }

  /** Refuses what nobody produces; returns the producer. */
  private static String checkPublished(CatalogEvent event) {
    EventDefinition definition = event.definition();
    String producer = definition.producer();
    if (definition.kind() == EventKind.EVENT && producer != null) {
      return producer;
    }
    throw RelayException.of(
            ErrorCode.MALFORMED_REQUEST,
            event.name() + " is a " + definition.kind().text() + "; only events are published")
        .remedy(
            definition.consumers().stream()
                .findFirst()
                .map(
                    each -> "send it to its actor: relay send " + each.actor() + " " + event.name())
                .orElse("the catalog names no actor that handles it"))
        .build();
  }

  private static void checkActor(Catalog catalog, String actor) {
    if (catalog.actor(actor).isEmpty() && catalog.eventsOf(actor).isEmpty()) {
      throw RelayException.of(ErrorCode.UNKNOWN_ACTOR, "the catalog has no actor \"" + actor + "\"")
          .remedy(
              catalog
                  .nearestActor(actor)
                  .map(near -> "did you mean \"" + near + "\"?")
                  .orElse("see the actors with: relay actor list"))
          .build();
    }
  }

  static CatalogEvent event(Catalog catalog, String name) {
    return catalog
        .event(name)
        .orElseThrow(
            () ->
                RelayException.of(
                        ErrorCode.UNKNOWN_EVENT, "the catalog has no event \"" + name + "\"")
                    .remedy(
                        catalog
                            .nearestEvent(name)
                            .map(near -> "did you mean \"" + near + "\"?")
                            .orElse("see the events with: relay catalog list"))
                    .build());
  }

  private static Consumer consumer(CatalogEvent event, String actor) {
    return event
        .consumer(actor)
        .orElseThrow(
            () ->
                RelayException.of(
                        ErrorCode.NOT_A_CONSUMER, actor + " doesn't receive " + event.name())
                    .remedy(
                        event.definition().consumers().isEmpty()
                            ? "the catalog names no actor that does"
                            : "it is received by "
                                + String.join(
                                    ", ",
                                    event.definition().consumers().stream()
                                        .map(Consumer::actor)
                                        .toList()))
                    .build());
  }

  /** Refuses a payload that breaks its event's schema, with every violation. */
  static void checkPayload(CatalogEvent event, JsonNode payload) {
    List<Violation> violations = STORABLE.check(payload).violations();
    if (violations.isEmpty()) {
      violations = event.payload().check(payload).violations();
    }
    if (!violations.isEmpty()) {
      throw RelayException.of(
              ErrorCode.PAYLOAD_INVALID,
              event.name()
                  + " "
                  + event.definition().schemaVersion()
                  + " refused: "
                  + (violations.size() == 1 ? "1 problem" : violations.size() + " problems"))
          .violations(violations)
          .remedy("see what it takes with: relay catalog show " + event.name())
          .build();
    }
  }

  private static ActorAddress address(
      Catalog catalog, Consumer consumer, SendRequest request, Instant time) {
    String given = request.key();
    if (given != null) {
      try {
        return new ActorAddress(consumer.actor(), given);
      } catch (IllegalArgumentException unusable) {
        throw RelayException.of(ErrorCode.KEY_MISSING, String.valueOf(unusable.getMessage()))
            .build();
      }
    }
    String field = Router.keyField(catalog, consumer);
    if (field == null) {
      throw RelayException.of(
              ErrorCode.KEY_MISSING,
              "nothing says which instance of " + consumer.actor() + " is meant")
          .remedy("name the key in the request")
          .build();
    }
    return Router.key(catalog, request.payload(), field, time)
        .map(key -> new ActorAddress(consumer.actor(), key))
        .orElseThrow(
            () ->
                RelayException.of(
                        ErrorCode.KEY_MISSING,
                        "the payload field \""
                            + field
                            + "\" names the instance of "
                            + consumer.actor()
                            + " and must be a text of 1 to "
                            + ActorAddress.MAX_KEY_LENGTH
                            + " characters or a whole number")
                    .violations(
                        List.of(new Violation("/" + field, "key", "names no actor instance")))
                    .build());
  }

  private Message message(CatalogEvent event, SendRequest request) {
    MessageId id = ids.get();
    String correlation = request.correlation();
    Asker asker = request.asker();
    return new Message(
        id,
        event.name(),
        request.payload(),
        new Headers(
            correlation == null ? id.value() : correlation,
            asker == null ? null : asker.message().value(),
            request.traceparent(),
            asker == null ? null : asker.self(),
            event.definition().schemaVersion(),
            clock.instant()));
  }

  private static Work.@Nullable RequestKey requestKey(SendRequest request) {
    String id = request.requestId();
    if (id == null) {
      return null;
    }
    if (id.isBlank() || id.length() > LONGEST_REQUEST_ID || id.indexOf('\0') >= 0) {
      throw RelayException.of(
              ErrorCode.MALFORMED_REQUEST,
              "a request id has 1 to "
                  + LONGEST_REQUEST_ID
                  + " characters, this has "
                  + id.length())
          .build();
    }
    return new Work.RequestKey(id, Fingerprint.of(request));
  }
}
