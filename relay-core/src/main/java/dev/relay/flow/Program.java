package dev.relay.flow;

import dev.relay.definition.FlowDefinition;
import dev.relay.definition.FlowStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A flow's steps in one line, branches as jumps. A run knows its place by the step's name, so that
 * it finds it again in a newer definition. Immutable.
 */
final class Program {
  /** The place behind the last step. */
  static final int END = Integer.MAX_VALUE;

  /**
   * A step.
   *
   * @param next the place behind it
   * @param ways of a branch: where each begins
   */
  private record Place(FlowStep step, int next, List<Integer> ways) {}

  private final List<Place> places = new ArrayList<>();
  private final Map<String, Integer> byName = new HashMap<>();

  Program(FlowDefinition flow) {
    lay(flow.steps(), END);
    for (int i = 0; i < places.size(); i++) {
      byName.put(places.get(i).step().name(), i);
    }
  }

  /** Lays steps out and answers with the place of the first. */
  private int lay(List<FlowStep> steps, int behind) {
    if (steps.isEmpty()) {
      return behind;
    }
    int first = places.size();
    int at = first;
    for (int i = 0; i < steps.size(); i++) {
      FlowStep step = steps.get(i);
      places.add(new Place(step, END, List.of()));
      List<Integer> ways = new ArrayList<>();
      int size = 1;
      if (step instanceof FlowStep.Branch branch) {
        for (FlowStep.Way way : branch.ways()) {
          size += count(way.steps());
        }
      }
      int next = i + 1 < steps.size() ? at + size : behind;
      if (step instanceof FlowStep.Branch branch) {
        branch.ways().forEach(way -> ways.add(lay(way.steps(), next)));
      }
      places.set(at, new Place(step, next, ways));
      at += size;
    }
    return first;
  }

  private static int count(List<FlowStep> steps) {
    int count = 0;
    for (FlowStep step : steps) {
      count++;
      if (step instanceof FlowStep.Branch branch) {
        for (FlowStep.Way way : branch.ways()) {
          count += count(way.steps());
        }
      }
    }
    return count;
  }

  /** The first step's name; absent where there is none. */
  @Nullable String first() {
    return name(0);
  }

  /** The step of a name; absent where this definition has none. */
  @Nullable FlowStep step(String name) {
    Integer place = byName.get(name);
    return place == null ? null : places.get(place).step();
  }

  /** The name of the step behind another; absent behind the last. */
  @Nullable String behind(String name) {
    Integer place = byName.get(name);
    return place == null ? null : name(places.get(place).next());
  }

  /** The name of the step that a branch goes on with; {@code way} −1 where none is taken. */
  @Nullable String way(String branch, int way) {
    Integer place = byName.get(branch);
    if (place == null) {
      return null;
    }
    return way < 0 ? behind(branch) : name(places.get(place).ways().get(way));
  }

  private @Nullable String name(int place) {
    return place < places.size() ? places.get(place).step().name() : null;
  }
}
