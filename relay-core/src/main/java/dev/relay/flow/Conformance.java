package dev.relay.flow;

import dev.relay.definition.FlowDefinition;
import dev.relay.definition.FlowStep;
import dev.relay.message.Json;
import dev.relay.store.FlowStore.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares what was sent with a flow: for each run, told apart by the flow's key or else by the
 * correlation id, whether its messages came in the order of the steps. A step of a list may repeat,
 * one with a condition may be missing, of a branch any way will do. Immutable.
 */
final class Conformance {
  /** Messages read for one check; beyond that the check says that it is cut off. */
  static final int MOST_READ = 100_000;

  /** Runs told one by one, those that don't conform first. */
  private static final int MOST_TOLD = 100;

  /** What a run comes to, the worst first. */
  private enum Verdict {
    DEVIATING,
    OVERDUE,
    UNDER_WAY,
    CONFORMANT;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A step that takes messages.
   *
   * @param types any of which it takes
   * @param next which steps may follow; −1 stands for the end
   * @param within how long it may take; absent where nothing says so
   */
  private record Place(
      String name, Set<String> types, Set<Integer> next, @Nullable Duration within) {}

  private static final int END = -1;

  private final FlowDefinition flow;
  private final List<Place> places = new ArrayList<>();
  private final Set<Integer> first;
  private final Set<String> undoing = new TreeSet<>();

  Conformance(FlowDefinition flow) {
    this.flow = flow;
    Set<Integer> behind = lay(flow.steps(), Set.of(END));
    FlowDefinition.Start start = flow.start();
    if (start != null) {
      places.add(new Place("start", Set.of(start.event()), behind, null));
      behind = Set.of(places.size() - 1);
    }
    this.first = behind;
    for (FlowStep step : flow.allSteps()) {
      if (step instanceof FlowStep.Send send && send.undo() != null) {
        undoing.add(send.undo().sending().event());
      }
    }
    places.forEach(place -> undoing.removeAll(place.types()));
  }

  /** Lays steps out from the last to the first; answers which may come first. */
  private Set<Integer> lay(List<FlowStep> steps, Set<Integer> behind) {
    Set<Integer> next = behind;
    for (int i = steps.size() - 1; i >= 0; i--) {
      next = lay(steps.get(i), next);
    }
    return next;
  }

  private Set<Integer> lay(FlowStep step, Set<Integer> behind) {
    if (step instanceof FlowStep.Send send) {
      Set<Integer> next = new LinkedHashSet<>(behind);
      int own = places.size();
      boolean list = send.forEach() != null;
      if (list) {
        next.add(own);
      }
      places.add(new Place(send.name(), Set.of(send.sending().event()), next, null));
      return list || send.when() != null ? with(behind, own) : Set.of(own);
    }
    if (step instanceof FlowStep.Wait wait) {
      Set<String> types = new TreeSet<>();
      wait.events().forEach(each -> types.add(each.event()));
      int own = places.size();
      places.add(new Place(wait.name(), types, behind, wait.within()));
      boolean optional = wait.within() != null && wait.onTimeout() == FlowStep.Then.CONTINUE;
      return optional ? with(behind, own) : Set.of(own);
    }
    if (step instanceof FlowStep.Branch branch) {
      Set<Integer> ways = new LinkedHashSet<>();
      boolean otherwise = false;
      for (FlowStep.Way way : branch.ways()) {
        ways.addAll(lay(way.steps(), behind));
        otherwise |= way.when() == null;
      }
      if (!otherwise) {
        ways.addAll(behind);
      }
      return ways;
    }
    return step instanceof FlowStep.Delay ? behind : Set.of(END);
  }

  private static Set<Integer> with(Set<Integer> behind, int own) {
    Set<Integer> both = new LinkedHashSet<>(Set.of(own));
    both.addAll(behind);
    return both;
  }

  /** The messages that matter. */
  Set<String> types() {
    Set<String> types = new TreeSet<>(undoing);
    places.forEach(place -> types.addAll(place.types()));
    return types;
  }

  /**
   * The check: {@code {"flow", "since", "runs", "conformant", "deviating", "overdue", "under_way",
   * "cut_off", "told": […]}}, each told run {@code {"id", "verdict", "at", "expected", "found",
   * "message_id", "owed_by"…}}.
   */
  ObjectNode check(List<Sent> sent, Instant since, Instant now) {
    Map<String, List<Sent>> runs = new LinkedHashMap<>();
    for (Sent each : sent) {
      runs.computeIfAbsent(id(each), id -> new ArrayList<>()).add(each);
    }
    Map<Verdict, List<ObjectNode>> told = new LinkedHashMap<>();
    for (Verdict verdict : Verdict.values()) {
      told.put(verdict, new ArrayList<>());
    }
    runs.forEach(
        (id, messages) -> {
          ObjectNode run = Json.mapper().createObjectNode().put("id", id);
          Verdict verdict = follow(messages, run, now);
          if (verdict != null) {
            run.put("verdict", verdict.text());
            Objects.requireNonNull(told.get(verdict)).add(run);
          }
        });
    ObjectNode report = Json.mapper().createObjectNode();
    report.put("flow", flow.name()).put("since", since.toString());
    told.forEach((verdict, list) -> report.put(verdict.text(), list.size()));
    report.put("cut_off", sent.size() >= MOST_READ);
    ArrayNode list = report.putArray("told");
    told.values().stream().flatMap(List::stream).limit(MOST_TOLD).forEach(list::add);
    return report;
  }

  private String id(Sent sent) {
    String field = flow.keyField();
    JsonNode key = field == null ? null : Json.mapper().readTree(sent.payload()).get(field);
    return key != null && (key.isString() || key.isIntegralNumber())
        ? key.asString()
        : sent.correlation();
  }

  /** Follows one run; nothing where it began before the time that is looked at. */
  private @Nullable Verdict follow(List<Sent> messages, ObjectNode run, Instant now) {
    Set<Integer> may = first;
    boolean begun = false;
    Instant last = messages.get(0).at();
    for (Sent message : messages) {
      if (undoing.contains(message.type())) {
        run.put("note", "undone from " + message.type() + " on");
        return begun ? Verdict.CONFORMANT : null;
      }
      Set<Integer> taken = taking(may, message.type());
      if (taken.isEmpty() && (!begun || (mayBeginAgain(may) && !isRepeatedStart(message)))) {
        taken = taking(first, message.type());
      }
      if (taken.isEmpty() && begun && isRepeatedStart(message)) {
        continue;
      }
      if (taken.isEmpty() && begun) {
        run.put("found", message.type()).put("message_id", message.id());
        run.put("at", message.at().toString());
        expected(run, may);
        return Verdict.DEVIATING;
      }
      if (!taken.isEmpty()) {
        begun = true;
        may = next(taken);
        last = message.at();
      }
    }
    if (!begun) {
      return null;
    }
    return may.contains(END) ? Verdict.CONFORMANT : open(run, may, messages.get(0), last, now);
  }

  /** A start that found its run there already, and began nothing. */
  private boolean isRepeatedStart(Sent message) {
    FlowDefinition.Start start = flow.start();
    return start != null
        && start.event().equals(message.type())
        && flow.again() == FlowDefinition.Again.NEVER;
  }

  private boolean mayBeginAgain(Set<Integer> may) {
    return may.contains(END) || flow.again() != FlowDefinition.Again.NEVER;
  }

  private Verdict open(ObjectNode run, Set<Integer> may, Sent start, Instant last, Instant now) {
    expected(run, may);
    run.put("last_at", last.toString());
    Instant due = null;
    for (int place : may) {
      Duration within = place == END ? null : places.get(place).within();
      if (within != null) {
        due = last.plus(within);
      }
    }
    FlowDefinition.Deadline deadline = flow.deadline();
    if (deadline != null) {
      Instant whole = start.at().plus(deadline.within());
      due = due == null || whole.isBefore(due) ? whole : due;
    }
    if (due == null || now.isBefore(due)) {
      return Verdict.UNDER_WAY;
    }
    run.put("due_at", due.toString());
    return Verdict.OVERDUE;
  }

  private void expected(ObjectNode run, Set<Integer> may) {
    ArrayNode expected = run.putArray("expected");
    Set<String> types = new TreeSet<>();
    for (int place : may) {
      if (place != END) {
        types.addAll(places.get(place).types());
      }
    }
    types.forEach(expected::add);
  }

  private Set<Integer> taking(Set<Integer> may, String type) {
    Set<Integer> taking = new LinkedHashSet<>();
    for (int place : may) {
      if (place != END && places.get(place).types().contains(type)) {
        taking.add(place);
      }
    }
    return taking;
  }

  private Set<Integer> next(Set<Integer> taken) {
    Set<Integer> next = new LinkedHashSet<>();
    taken.forEach(place -> next.addAll(places.get(place).next()));
    return next;
  }
}
