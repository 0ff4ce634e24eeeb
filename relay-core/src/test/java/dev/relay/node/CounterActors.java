package dev.relay.node;

import dev.relay.actor.Handles;
import dev.relay.actor.RelayActor;
import dev.relay.actor.Turn;
import dev.relay.catalog.ActorEntry;
import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogEvent;
import dev.relay.catalog.Consumer;
import dev.relay.catalog.EventDefinition;
import dev.relay.catalog.EventKind;
import dev.relay.catalog.Pattern;
import dev.relay.definition.ActorDefinition;
import dev.relay.definition.HandlerDefinition;
import dev.relay.definition.RetryPolicy;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.Json;
import dev.relay.schema.SchemaCompiler;
import dev.relay.turn.Behaviour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Two small actors to try the engine with: {@code counter} adds up and emits what it added, {@code
 * ledger} hears of it and keeps every number in the order it came.
 */
final class CounterActors {
  static final String ADD = "ADD";
  static final String ADD_SLOWLY = "ADD_SLOWLY";
  static final String GET = "GET";
  static final String ADDED = "ADDED";
  static final String RECORD = "RECORD";
  static final String SET = "SET";
  static final String RANG = "RANG";

  record Amount(String id, int n) {}

  record Sum(long total, int turns) {}

  record Entries(List<Integer> seen) {}

  /** Adds up. */
  static final class Counter extends RelayActor<Sum> {
    /** Amount that the counter refuses. */
    static final int UNLUCKY = 13;

    /** Amount on which the handler breaks. */
    static final int BROKEN = 666;

    volatile CountDownLatch gate = new CountDownLatch(0);
    final AtomicInteger slowRuns = new AtomicInteger();

    @Handles(ADD)
    Sum add(Amount amount, Turn<Sum> turn) {
      if (amount.n() == UNLUCKY) {
        throw turn.refuse("UNLUCKY", "any number but 13, found 13");
      }
      if (amount.n() == BROKEN) {
        throw new IllegalStateException("broken on purpose");
      }
      Sum before = turn.state().orElse(new Sum(0, 0));
      turn.emit(ADDED, amount);
      return turn.become(new Sum(before.total() + amount.n(), before.turns() + 1));
    }

    @Handles(value = ADD_SLOWLY, waits = true)
    Sum addSlowly(Amount amount, Turn<Sum> turn) throws InterruptedException {
      slowRuns.incrementAndGet();
      if (!gate.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody opened the gate");
      }
      return add(amount, turn);
    }

    @Handles(GET)
    Sum get(Turn<Sum> turn) {
      return turn.state().orElse(new Sum(0, 0));
    }
  }

  /**
   * Sets and calls off timers.
   *
   * @param id the alarm and the ledger that hears of it
   * @param n what the ledger hears
   * @param ms the delay; a negative one calls the timer off
   * @param name the timer's name; empty where it has none
   */
  record Alarm(String id, int n, int ms, String name) {}

  /** An alarm clock: each alarm comes as {@link #RANG} to the ledger of its id. */
  static final class Clock extends RelayActor<Sum> {
    @Handles(SET)
    void set(Alarm alarm, Turn<Sum> turn) {
      Amount ring = new Amount(alarm.id(), alarm.n());
      if (alarm.ms() < 0) {
        turn.cancel(alarm.name());
      } else if (alarm.name().isEmpty()) {
        turn.sendAfter(Duration.ofMillis(alarm.ms()), RANG, ring);
      } else {
        turn.sendAt(turn.now().plusMillis(alarm.ms()), RANG, ring, alarm.name());
      }
      if (alarm.n() == Counter.BROKEN) {
        throw new IllegalStateException("broken after the timer was set");
      }
      turn.become(new Sum(0, turn.state().map(Sum::turns).orElse(0) + 1));
    }
  }

  /** Keeps what it hears of, in order; fails on demand. */
  static final class Ledger extends RelayActor<Entries> {
    /** Numbers that fail this many times more before they are taken. */
    final Map<Integer, AtomicInteger> failures = new ConcurrentHashMap<>();

    /** Number that the ledger refuses. */
    static final int REFUSED = -1;

    /** Number on which the state comes out wrong. */
    static final int BREAKS_STATE = -2;

    /** Number on which an actor that the ledger asks refuses. */
    static final int DEPENDENCY_REFUSES = -3;

    /** Number on which an actor that the ledger asks is late. */
    static final int DEPENDENCY_IS_LATE = -4;

    @Handles(ADDED)
    void added(Amount amount, Turn<Entries> turn) {
      AtomicInteger left = failures.get(amount.n());
      if (left != null && left.getAndDecrement() > 0) {
        throw new IllegalStateException("not yet: " + amount.id());
      }
      if (amount.n() == REFUSED) {
        throw turn.refuse("UNWANTED", "no such number, please");
      }
      if (amount.n() == DEPENDENCY_REFUSES) {
        throw RelayException.of(ErrorCode.RULE_VIOLATED, "refused by another actor").build();
      }
      if (amount.n() == DEPENDENCY_IS_LATE) {
        throw RelayException.of(ErrorCode.TIMED_OUT, "no answer within 5 s").build();
      }
      if (amount.n() == BREAKS_STATE) {
        turn.become(new Entries(java.util.Collections.nCopies(501, 0)));
        return;
      }
      List<Integer> seen = new ArrayList<>(turn.state().orElse(new Entries(List.of())).seen());
      seen.add(amount.n());
      turn.become(new Entries(seen));
    }

    @Handles(RANG)
    void rang(Amount amount, Turn<Entries> turn) {
      added(amount, turn);
    }

    @Handles(RECORD)
    void record(Amount amount, Turn<Entries> turn) {
      added(amount, turn);
    }
  }

  final Counter counter = new Counter();
  final Ledger ledger = new Ledger();

  List<Behaviour> behaviours() {
    return List.of(
        Behaviour.bind(
            definition(
                "counter",
                handler(ADD, EventKind.COMMAND, Pattern.ASK, Set.of(ADDED)),
                handler(ADD_SLOWLY, EventKind.COMMAND, Pattern.ASK, Set.of(ADDED)),
                handler(GET, EventKind.QUERY, Pattern.ASK, Set.of())),
            counter),
        Behaviour.bind(
            definition("clock", handler(SET, EventKind.COMMAND, Pattern.ASK, Set.of(RANG))),
            new Clock()),
        Behaviour.bind(
            definition(
                "ledger",
                handler(ADDED, EventKind.EVENT, Pattern.TELL, Set.of()),
                handler(RANG, EventKind.EVENT, Pattern.TELL, Set.of()),
                handler(RECORD, EventKind.COMMAND, Pattern.TELL, Set.of())),
            ledger));
  }

  Catalog catalog() {
    Map<String, CatalogEvent> events = new TreeMap<>();
    put(events, ADD, EventKind.COMMAND, null, "counter", Pattern.ASK);
    put(events, ADD_SLOWLY, EventKind.COMMAND, null, "counter", Pattern.ASK);
    put(events, GET, EventKind.QUERY, null, "counter", Pattern.ASK);
    put(events, ADDED, EventKind.EVENT, "counter", "ledger", Pattern.TELL);
    put(events, SET, EventKind.COMMAND, null, "clock", Pattern.ASK);
    put(events, RANG, EventKind.EVENT, "clock", "ledger", Pattern.PUBLISH);
    put(events, RECORD, EventKind.COMMAND, null, "ledger", Pattern.TELL);
    JsonNode nothing = Json.mapper().createObjectNode();
    return new Catalog(
        1,
        events,
        Map.of(
            "counter", new ActorEntry("counter", "1.0.0", "", "id", nothing),
            "clock", new ActorEntry("clock", "1.0.0", "", "id", nothing),
            "ledger", new ActorEntry("ledger", "1.0.0", "", "id", nothing)));
  }

  private static void put(
      Map<String, CatalogEvent> events,
      String name,
      EventKind kind,
      @Nullable String producer,
      String consumer,
      Pattern pattern) {
    JsonNode schema =
        Json.mapper()
            .readTree(
                """
                {"type": "object", "required": ["id"], "additionalProperties": false,
                 "properties": {"id": {"type": "string"}, "n": {"type": "integer"},
                                "ms": {"type": "integer"}, "name": {"type": "string"}}}
                """);
    EventDefinition definition =
        new EventDefinition(
            UUID.randomUUID(),
            name,
            kind,
            "",
            producer,
            "1.0.0",
            schema,
            null,
            "active",
            List.of(new Consumer(consumer, pattern, Duration.ofSeconds(30), null)),
            Instant.EPOCH,
            Instant.EPOCH);
    events.put(name, new CatalogEvent(definition, new SchemaCompiler().compile(schema), null));
  }

  private static ActorDefinition definition(String name, HandlerDefinition... handlers) {
    Map<String, HandlerDefinition> byEvent = new TreeMap<>();
    for (HandlerDefinition handler : handlers) {
      byEvent.put(handler.event(), handler);
    }
    return new ActorDefinition(
        name,
        "1.0.0",
        "",
        "id",
        "in.the.Test",
        Json.mapper()
            .readTree(
                "{\"type\": \"object\", \"properties\": {\"seen\": {\"type\": \"array\","
                    + " \"maxItems\": 500}}}"),
        byEvent,
        Map.of(),
        Map.of(),
        new RetryPolicy(3, Duration.ofMillis(50), Duration.ofMillis(200)),
        Json.mapper().createObjectNode());
  }

  private static HandlerDefinition handler(
      String event, EventKind kind, Pattern pattern, Set<String> emits) {
    return new HandlerDefinition(
        event, kind, "", pattern, Duration.ofSeconds(30), null, null, null, List.of(), emits, null);
  }
}
