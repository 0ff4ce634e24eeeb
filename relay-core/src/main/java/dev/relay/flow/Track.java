package dev.relay.flow;

import dev.relay.flow.FlowState.Trail;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps a run's trail: which step was begun when, and what became of it. */
final class Track {
  static final String NOW = "now";

  /** Steps remembered; of a longer run the first make way. */
  private static final int MOST = 200;

  /** How long a step took. */
  record Taken(String step, String status, Duration time) {}

  private Track() {}

  /** A step is begun, unless it is under way already. */
  static void begin(FlowState state, String step, Instant time) {
    if (isOpen(state) && last(state.trail).step().equals(step)) {
      return;
    }
    state.trail.add(new Trail(step, NOW, time, null, 0, 0, null));
    if (state.trail.size() > MOST) {
      state.trail.remove(0);
    }
  }

  static boolean isOpen(FlowState state) {
    return !state.trail.isEmpty() && last(state.trail).status().equals(NOW);
  }

  /** Another attempt was made at the step under way, or another item of its list done. */
  static void count(FlowState state, int attempts, int times) {
    if (isOpen(state)) {
      int last = state.trail.size() - 1;
      state.trail.set(last, state.trail.get(last).counted(attempts, times));
    }
  }

  /** The step under way is over. */
  static Optional<Taken> end(FlowState state, String status, Instant time, @Nullable String note) {
    if (!isOpen(state)) {
      return Optional.empty();
    }
    int last = state.trail.size() - 1;
    Trail ended = state.trail.get(last).with(status, time, note);
    state.trail.set(last, ended);
    return Optional.of(new Taken(ended.step(), status, Duration.between(ended.startedAt(), time)));
  }

  private static Trail last(List<Trail> trail) {
    return trail.get(trail.size() - 1);
  }
}
