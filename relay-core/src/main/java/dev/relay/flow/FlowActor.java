package dev.relay.flow;

import dev.relay.actor.RefusedException;
import dev.relay.catalog.EventKind;
import dev.relay.catalog.Pattern;
import dev.relay.definition.ActorDefinition;
import dev.relay.definition.FlowDefinition;
import dev.relay.definition.FlowDefinition.Again;
import dev.relay.definition.FlowDefinition.Start;
import dev.relay.definition.FlowStep;
import dev.relay.definition.HandlerDefinition;
import dev.relay.definition.RetryPolicy;
import dev.relay.flow.FlowState.Arrived;
import dev.relay.flow.FlowState.Starting;
import dev.relay.message.Json;
import dev.relay.message.Message;
import dev.relay.turn.Behaviour;
import dev.relay.turn.StepHandler;
import dev.relay.turn.StepTurn;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The actor that runs a flow: one instance for each of its keys, hosted, moved and fenced like any
 * other. Thread-safe.
 *
 * <pre>
 *   start ──▶ RUNNING ⇄ WAITING                      (event or time)
 *               │  ▲
 *   retries are │  │ resume, skip
 *   used up     ▼  │
 *             PAUSED ──compensate, cancel──▶ COMPENSATING ──▶ COMPENSATED or CANCELLED
 *               RUNNING ──refused, deadline──────▲
 *               RUNNING ──last step──▶ DONE
 * </pre>
 *
 * A turn that sends commands is the delivery of a start on a run that isn't there yet, or of the
 * message by which the flow tells itself to go on; both stay owed until the commit of what they
 * did. Everything else only changes the state and, if there is something to do, tells the flow to
 * go on. While that message is under way ({@code driving}), nobody's decision is carried out: a
 * crash may have left commands done that no state knows of yet.
 */
public final class FlowActor {
  static final String STEP_TIMER = "step";
  static final String DEADLINE_TIMER = "deadline";

  /** A flow's own turns fail only where a node stops or Relay has a fault. */
  private static final RetryPolicy OWN_RETRY =
      new RetryPolicy(50, Duration.ofMillis(200), Duration.ofSeconds(30));

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** What the turns of one flow share. */
  record Parts(FlowDefinition flow, Program program, FlowMeters meters, InstantSource clock) {}

  private final Parts parts;
  private final FlowDefinition flow;
  private final Map<String, FlowStep.Awaited> cancelOn = new TreeMap<>();
  private final Set<String> awaited = new TreeSet<>();

  private FlowActor(FlowDefinition flow, MeterRegistry registry, InstantSource clock) {
    this.flow = flow;
    this.parts = new Parts(flow, new Program(flow), new FlowMeters(flow.name(), registry), clock);
    flow.cancelOn().forEach(each -> cancelOn.put(each.event(), each));
    for (FlowStep step : flow.allSteps()) {
      if (step instanceof FlowStep.Wait wait) {
        wait.events().forEach(each -> awaited.add(each.event()));
      }
    }
  }

  /**
   * The actor of a flow, ready to be hosted.
   *
   * @param flow one that is run, not only expected
   */
  public static Behaviour of(FlowDefinition flow, MeterRegistry registry, InstantSource clock) {
    return new FlowActor(flow, registry, clock).behaviour();
  }

  private Behaviour behaviour() {
    Start start = Objects.requireNonNull(flow.start());
    Map<String, StepHandler> handlers = new LinkedHashMap<>();
    Map<String, HandlerDefinition> definitions = new LinkedHashMap<>();
    Set<String> events = new TreeSet<>(awaited);
    events.addAll(cancelOn.keySet());
    for (String event : events) {
      handlers.put(event, this::event);
      definitions.put(event, handler(event, EventKind.EVENT, Pattern.PUBLISH));
    }
    handlers.put(start.event(), this::start);
    definitions.put(start.event(), startHandler(start));
    String next = FlowNames.next(flow.name());
    handlers.put(next, this::next);
    definitions.put(next, handler(next, EventKind.EVENT, Pattern.PUBLISH));
    String repair = FlowNames.repair(flow.name());
    handlers.put(repair, this::repair);
    definitions.put(repair, handler(repair, EventKind.COMMAND, Pattern.ASK));
    String get = FlowNames.get(flow.name());
    handlers.put(get, FlowActor::get);
    definitions.put(get, handler(get, EventKind.QUERY, Pattern.ASK));
    return Behaviour.of(definition(definitions), handlers);
  }

  private ActorDefinition definition(Map<String, HandlerDefinition> handlers) {
    ObjectNode anyObject = Json.mapper().createObjectNode().put("type", "object");
    return new ActorDefinition(
        FlowNames.actor(flow.name()),
        flow.version(),
        "Runs the flow " + flow.name(),
        flow.keyField() == null ? FlowNames.ID : flow.keyField(),
        null,
        anyObject,
        handlers,
        Map.of(),
        Map.of(),
        OWN_RETRY,
        flow.source());
  }

  private HandlerDefinition startHandler(Start start) {
    EventKind kind = start.command() ? EventKind.COMMAND : EventKind.EVENT;
    Pattern pattern = start.command() ? Pattern.TELL : Pattern.PUBLISH;
    HandlerDefinition plain = handler(start.event(), kind, pattern);
    return new HandlerDefinition(
        plain.event(),
        kind,
        plain.description(),
        pattern,
        start.timeout(),
        start.keyField(),
        start.payloadSchema(),
        start.resultSchema(),
        start.rules(),
        plain.emits(),
        null);
  }

  private HandlerDefinition handler(String event, EventKind kind, Pattern pattern) {
    Set<String> emits = kind == EventKind.QUERY ? Set.of() : Set.of(FlowNames.next(flow.name()));
    return new HandlerDefinition(
        event, kind, "", pattern, TIMEOUT, null, null, null, List.of(), emits, null);
  }

  private static @Nullable FlowState state(StepTurn turn) {
    return turn.state().map(tree -> FlowState.of((JsonNode) tree)).orElse(null);
  }

  /** What the instance is after this turn: this run, or the next one if it is over. */
  private void become(StepTurn turn, FlowState state) {
    FlowState present = state;
    while (present.over() && !present.next.isEmpty()) {
      Starting next = present.next.remove(0);
      present = begin(turn, present, next, true);
    }
    present.updatedAt = turn.now();
    turn.become(present.tree());
  }

  private static @Nullable Object get(StepTurn turn) {
    return turn.state().orElseGet(() -> Json.mapper().createObjectNode());
  }

  /** A start: of a run, or of one that is there already. */
  private @Nullable Object start(StepTurn turn) {
    FlowState before = state(turn);
    Message message = turn.message();
    if (!starts(turn)) {
      return arrive(turn, before);
    }
    Starting starting =
        new Starting(message.id().value(), message.payload(), message.headers().correlation());
    boolean restarts = before != null && !mayBegin(before) && flow.again() == Again.RESTART;
    if (before != null && restarts && before.driving) {
      before.restart = starting;
      become(turn, before);
      return null;
    }
    if (before == null || mayBegin(before) || restarts) {
      become(turn, begin(turn, before, starting, restarts));
      return null;
    }
    if (flow.again() == Again.NEXT && before.queued(starting)) {
      become(turn, before);
      return null;
    }
    Start start = flow.start();
    if (start != null && start.command()) {
      before.saw(message.id().value(), message.payload().equals(before.input));
      become(turn, before);
      return null;
    }
    return arrive(turn, before);
  }

  private boolean starts(StepTurn turn) {
    Start start = Objects.requireNonNull(flow.start());
    if (start.where() == null) {
      return true;
    }
    JsonNode payload = turn.message().payload();
    ObjectNode root = Json.mapper().createObjectNode();
    root.set("input", payload);
    return start.where().holds(root, Map.of("event", payload), turn.message().headers().time());
  }

  private boolean mayBegin(FlowState before) {
    FlowStatus status = before.status();
    if (status == FlowStatus.EARLY) {
      return true;
    }
    boolean again =
        flow.again() == Again.OVER
            || flow.again() == Again.NEXT
            || flow.again() == Again.RESTART
            || (flow.again() == Again.FAILED && status != FlowStatus.DONE);
    return status.over() && again;
  }

  /** Begins a run, and does its first steps unless it makes another one give way. */
  private FlowState begin(
      StepTurn turn, @Nullable FlowState before, Starting starting, boolean restarts) {
    FlowState state = begun(turn, before, starting);
    Drive drive = new Drive(parts, state, turn, restarts);
    if (flow.deadline() != null) {
      drive.setDeadline(flow.deadline().within());
    } else if (before != null && before.deadline != null) {
      turn.cancel(DEADLINE_TIMER);
    }
    drive.run();
    return state;
  }

  private FlowState begun(StepTurn turn, @Nullable FlowState before, Starting starting) {
    FlowState state = new FlowState();
    state.flow = flow.name();
    state.version = flow.version();
    state.run = before == null ? 1 : before.run + 1;
    state.drive = before == null ? 0 : before.drive + 1;
    if (before != null && before.status() == FlowStatus.EARLY) {
      state.arrived.addAll(before.arrived);
    }
    if (before != null && before.timer) {
      turn.cancel(STEP_TIMER);
    }
    if (before != null) {
      state.follow(before, parts.clock().instant());
    }
    state.input = starting.payload();
    state.saw(starting.id(), true);
    state.correlation = starting.correlation();
    state.startedAt = turn.now();
    state.status(FlowStatus.RUNNING);
    state.at = parts.program().first();
    return state;
  }

  private @Nullable Object event(StepTurn turn) {
    return arrive(turn, state(turn));
  }

  /** An event that a step may wait for, now or later, or that calls the run off. */
  private @Nullable Object arrive(StepTurn turn, @Nullable FlowState before) {
    Message message = turn.message();
    boolean kept = awaited.contains(message.type());
    if ((before == null && !kept) || (before != null && before.over())) {
      return null;
    }
    FlowState state = before == null ? new FlowState() : before;
    state.flow = flow.name();
    Drive drive = new Drive(parts, state, turn, true);
    FlowStep.Awaited cancel = cancelOn.get(message.type());
    if (cancel != null
        && state.status() != FlowStatus.EARLY
        && drive.holds(cancel, message.payload())) {
      new Decisions(drive).decide(Wish.CANCEL, message.type());
      become(turn, state);
      return null;
    }
    if (!kept) {
      return null;
    }
    Instant at = message.headers().time();
    state.arrived(new Arrived(message.type(), message.id().value(), message.payload(), at));
    if (!state.driving && state.status() == FlowStatus.WAITING) {
      drive.run();
    }
    become(turn, state);
    return null;
  }

  /** The flow's word to itself, at once or by a timer. */
  private @Nullable Object next(StepTurn turn) {
    FlowState state = state(turn);
    JsonNode payload = turn.message().payload();
    if (state == null || state.over() || payload.path("run").asInt(0) != state.run) {
      return null;
    }
    String why = payload.path("why").asString("");
    boolean present = payload.path("drive").asInt(-1) == state.drive;
    if (why.equals("go")) {
      if (!present || !state.driving) {
        return null;
      }
      state.driving = false;
      new Drive(parts, state, turn, false).run();
      Starting restart = state.restart;
      if (restart != null) {
        become(turn, begin(turn, state, restart, true));
        return null;
      }
    } else if (why.equals("deadline")) {
      new Decisions(new Drive(parts, state, turn, true)).decide(Wish.DEADLINE, "deadline");
    } else if (present && !state.driving && state.timer) {
      new Drive(parts, state, turn, true).timeIsUp();
    } else {
      return null;
    }
    become(turn, state);
    return null;
  }

  /** What people decide. */
  private Object repair(StepTurn turn) {
    FlowState state = state(turn);
    JsonNode payload = turn.message().payload();
    if (state == null || state.status() == FlowStatus.EARLY) {
      throw new RefusedException("NO_SUCH_RUN", "no run of " + turn.self());
    }
    Decisions decisions = new Decisions(new Drive(parts, state, turn, true));
    if (state.over()) {
      throw decisions.refuse("OVER", "is over: " + state.status);
    }
    String by = payload.path("by").asString("a person");
    String action = payload.path("action").asString("");
    switch (action) {
      case "resume" -> decisions.resume();
      case "skip" -> decisions.skip(text(payload, "step"), payload.get("result"));
      case "compensate" -> decisions.undo(Wish.COMPENSATE, by);
      case "cancel" -> {
        if (payload.path("leave").asBoolean(false)) {
          decisions.decide(Wish.LEAVE, by);
        } else {
          decisions.undo(Wish.CANCEL, by);
        }
      }
      default -> throw decisions.refuse("UNKNOWN_ACTION", "knows no action \"" + action + "\"");
    }
    become(turn, state);
    return state.tree();
  }

  private static @Nullable String text(JsonNode payload, String field) {
    JsonNode value = payload.get(field);
    return value == null || value.isNull() ? null : value.asString();
  }
}
