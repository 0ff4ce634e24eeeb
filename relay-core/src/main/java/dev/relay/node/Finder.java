package dev.relay.node;

import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogEvent;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.find.Cursor;
import dev.relay.find.FindException;
import dev.relay.find.FindPlan;
import dev.relay.find.FindQuery;
import dev.relay.message.Json;
import dev.relay.message.Message;
import dev.relay.schema.DocumentSchema;
import dev.relay.schema.Violation;
import dev.relay.store.InstanceFinder;
import dev.relay.store.InstanceFinder.FoundState;
import dev.relay.store.StoreException;
import dev.relay.turn.Behaviour;
import dev.relay.turn.StateValue;
import dev.relay.turn.TurnInput;
import dev.relay.turn.TurnOutcome;
import dev.relay.turn.TurnRunner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers queries that find instances: looks up which, and runs the query's handler for each of
 * them. No instance's mailbox is involved and nothing is held back; what is read is committed.
 * Thread-safe.
 */
final class Finder implements AutoCloseable {
  /** Each holds a connection while it looks up; the pool has a few beside those of the lanes. */
  private static final int THREADS = 3;

  private static final Logger log = LoggerFactory.getLogger(Finder.class);

  private final InstanceFinder store;
  private final TurnRunner runner;
  private final Supplier<Catalog> catalogs;
  private final InstantSource clock;
  private final ExecutorService threads;

  Finder(InstanceFinder store, TurnRunner runner, Supplier<Catalog> catalogs, InstantSource clock) {
    this.store = store;
    this.runner = runner;
    this.catalogs = catalogs;
    this.clock = clock;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "relay-finder-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Whether a message is a query that finds instances. */
  static boolean finds(Hosting.@Nullable Hosted hosted, Message message) {
    return hosted != null && hosted.behaviour().find(message.type()) != null;
  }

  /** Answers a query; its answer is completed on a thread of the finder's. */
  void answer(Work.Ask ask, Hosting.Hosted hosted) {
    try {
      threads.execute(() -> run(ask, hosted));
    } catch (RejectedExecutionException stopping) {
      ask.answer()
          .completeExceptionally(
              RelayException.of(ErrorCode.SHUTTING_DOWN, "this node is stopping").build());
    }
  }

  private void run(Work.Ask ask, Hosting.Hosted hosted) {
    if (ask.answer().isDone()) {
      return; // nobody waits any more
    }
    try {
      ObjectNode page = page(ask.message(), hosted.behaviour());
      hosted.tally().done();
      ask.answer().complete(new Receipt.Answered(ask.message().id(), page, List.of(), false));
    } catch (RuntimeException failure) {
      RelayException told = told(failure);
      if (told.code().isRefusal()) {
        hosted.tally().refused();
      } else {
        hosted.tally().failed();
      }
      ask.answer().completeExceptionally(told);
    }
  }

  private ObjectNode page(Message message, Behaviour behaviour) {
    TurnOutcome.Refused refusal = TurnRunner.refusalByRules(behaviour, message);
    FindQuery query = behaviour.find(message.type());
    if (refusal != null || query == null) {
      throw refusal == null ? new IllegalStateException(message.type()) : refusal.toException();
    }
    Instant now = clock.instant();
    JsonNode payload = message.payload();
    FindPlan plan = query.plan(payload, now);
    String after = payload.path("after").asString("");
    int limit = payload.path("limit").asInt(query.limit());
    Cursor cursor = after.isEmpty() ? null : Cursor.read(after, plan);
    List<FoundState> found = store.find(plan, cursor, limit + 1);
    ObjectNode page = Json.mapper().createObjectNode();
    ArrayNode items = page.putArray("items");
    boolean more = found.size() > limit;
    Catalog catalog = catalogs.get();
    for (FoundState each : more ? found.subList(0, limit) : found) {
      JsonNode item = item(each, message, behaviour, new Moment(now, catalog));
      if (item != null) {
        items.add(item);
      }
    }
    if (more) {
      page.put("next", found.get(limit - 1).cursor().text(plan));
    }
    check(catalog, message, page);
    return page;
  }

  /** When a query is answered, and by which catalog. */
  private record Moment(Instant now, Catalog catalog) {}

  private @Nullable JsonNode item(
      FoundState found, Message message, Behaviour behaviour, Moment moment) {
    StateValue state;
    try {
      state = behaviour.load(found.state().address(), found.state().state());
    } catch (RelayException unreadable) {
      log.warn("left out of what {} finds: {}", message.type(), unreadable.getMessage());
      return null;
    }
    TurnOutcome outcome =
        runner.run(
            behaviour,
            new TurnInput(found.state().address(), message, state, moment.now(), moment.catalog()));
    if (outcome instanceof TurnOutcome.Effects effects) {
      return effects.reply();
    }
    if (outcome instanceof TurnOutcome.Refused refused) {
      throw refused.toException();
    }
    Throwable cause = ((TurnOutcome.Failed) outcome).cause();
    throw RelayException.of(
            ErrorCode.HANDLER_FAILED,
            "the handler of "
                + message.type()
                + " on "
                + found.state().address()
                + " failed: "
                + cause)
        .cause(cause)
        .build();
  }

  private static void check(Catalog catalog, Message message, ObjectNode page) {
    CatalogEvent event = catalog.event(message.type()).orElse(null);
    DocumentSchema schema = event == null ? null : event.compiledResult();
    List<Violation> wrong = schema == null ? List.of() : schema.check(page).violations();
    if (!wrong.isEmpty()) {
      throw RelayException.of(
              ErrorCode.REPLY_INVALID, "the reply to " + message.type() + " breaks its schema")
          .violations(wrong)
          .build();
    }
  }

  private static RelayException told(RuntimeException failure) {
    if (failure instanceof RelayException known) {
      return known;
    }
    if (failure instanceof FindException asked) {
      return Instances.refused(asked);
    }
    if (failure instanceof StoreException) {
      return RelayException.of(
              ErrorCode.DATABASE_UNREACHABLE, "Postgres didn't answer: " + failure.getMessage())
          .cause(failure)
          .build();
    }
    return RelayException.of(ErrorCode.INTERNAL, String.valueOf(failure)).cause(failure).build();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
