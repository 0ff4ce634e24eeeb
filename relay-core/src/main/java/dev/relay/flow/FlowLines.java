package dev.relay.flow;

import dev.relay.definition.Durations;
import dev.relay.definition.FlowDefinition;
import dev.relay.definition.FlowStep;
import dev.relay.message.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run as lines for people: what was done, in the order in which it was done, what is now, and
 * what is still to come by the definition. Stateless.
 */
final class FlowLines {
  private final ArrayNode lines = Json.mapper().createArrayNode();
  private final FlowDefinition flow;
  private final Set<String> begun = new HashSet<>();

  private FlowLines(FlowDefinition flow) {
    this.flow = flow;
  }

  /**
   * The lines, each {@code {"step", "does", "state", "started_at", "ended_at", "ms", "attempts",
   * "times", "note", "depth"}}; {@code state} is {@code done}, {@code now}, {@code to_come}, or
   * what else became of the step.
   */
  static ArrayNode of(FlowDefinition flow, FlowState state) {
    FlowLines lines = new FlowLines(flow);
    Program program = new Program(flow);
    for (FlowState.Trail trail : state.trail) {
      lines.begun.add(trail.step());
      lines.trail(trail, program);
    }
    if (!state.over() && state.status() != FlowStatus.COMPENSATING && state.ending == null) {
      lines.toCome(program, state.at);
    } else if (!state.over()) {
      lines.toUndo(state.owed);
    }
    return lines.lines;
  }

  /** The lines of a flow that nobody runs. */
  static ArrayNode of(FlowDefinition flow) {
    FlowLines lines = new FlowLines(flow);
    lines.plain(flow.steps(), 0);
    return lines.lines;
  }

  private void trail(FlowState.Trail trail, Program program) {
    boolean undone = trail.step().startsWith(UndoStep.PREFIX);
    String plain = undone ? trail.step().substring(UndoStep.PREFIX.length()) : trail.step();
    FlowStep step = program.step(plain);
    ObjectNode line = line(trail.step(), undone ? undoes(step) : does(step), 0);
    line.put("state", trail.status());
    line.put("started_at", trail.startedAt().toString());
    Instant ended = trail.endedAt();
    if (ended != null) {
      line.put("ended_at", ended.toString());
      line.put("ms", Duration.between(trail.startedAt(), ended).toMillis());
    }
    line.put("attempts", trail.attempts());
    if (trail.times() > 0) {
      line.put("times", trail.times());
    }
    if (trail.note() != null) {
      line.put("note", trail.note());
    }
  }

  private void toCome(Program program, @Nullable String from) {
    String at = from;
    while (at != null) {
      FlowStep step = program.step(at);
      if (step == null) {
        return;
      }
      if (!begun.contains(at)) {
        line(at, does(step), 0).put("state", "to_come");
        if (step instanceof FlowStep.Branch branch) {
          branch.ways().forEach(way -> plain(way.steps(), 1));
        }
      }
      at = program.behind(at);
    }
  }

  private void toUndo(List<FlowState.Owed> owed) {
    for (int i = owed.size() - 1; i >= 0; i--) {
      String name = UndoStep.PREFIX + owed.get(i).step();
      boolean now = i == owed.size() - 1 && begun.contains(name) && isNow(name);
      if (!now) {
        line(name, undoes(new Program(flow).step(owed.get(i).step())), 0).put("state", "to_come");
      }
    }
  }

  private boolean isNow(String name) {
    JsonNode last = lines.get(lines.size() - 1);
    return last != null
        && last.path("step").asString("").equals(name)
        && last.path("state").asString("").equals(Track.NOW);
  }

  private void plain(List<FlowStep> steps, int depth) {
    for (FlowStep step : steps) {
      line(step.name(), does(step), depth).put("state", "to_come");
      if (step instanceof FlowStep.Branch branch) {
        branch.ways().forEach(way -> plain(way.steps(), depth + 1));
      }
    }
  }

  private ObjectNode line(String name, String does, int depth) {
    return lines.addObject().put("step", name).put("does", does).put("depth", depth);
  }

  private static String undoes(@Nullable FlowStep step) {
    return step instanceof FlowStep.Send send && send.undo() != null
        ? sends(send.undo().sending())
        : "";
  }

  private static String does(@Nullable FlowStep step) {
    if (step instanceof FlowStep.Send send) {
      return sends(send.sending()) + (send.forEach() == null ? "" : " for each");
    }
    if (step instanceof FlowStep.Wait wait) {
      String events =
          String.join(" or ", wait.events().stream().map(FlowStep.Awaited::event).toList());
      return "wait " + events + (wait.within() == null ? "" : " " + text(wait.within()));
    }
    if (step instanceof FlowStep.Delay delay) {
      return "delay " + text(delay.delay());
    }
    if (step instanceof FlowStep.Fail fail) {
      return "fail " + fail.code();
    }
    return step == null ? "" : step instanceof FlowStep.Branch ? "branch" : "end";
  }

  private static String sends(FlowStep.Sending sending) {
    return (sending.tells() ? "tell " : "ask ") + sending.event();
  }

  private static String text(Duration duration) {
    return Durations.text(duration);
  }
}
