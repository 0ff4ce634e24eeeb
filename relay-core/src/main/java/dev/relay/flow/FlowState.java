package dev.relay.flow;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import dev.relay.message.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that a run of a flow must remember, as its actor's state holds it. A working copy of one
 * turn: mutable, used by one thread; {@link #tree} is what rests in Postgres.
 */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
final class FlowState {
  /** Starts remembered for those who wait for their outcome. */
  private static final int MOST_SEEN = 20;

  /**
   * For how long, and how many, earlier runs are remembered for those who wait for their outcome.
   */
  private static final Duration PAST = Duration.ofMinutes(5);

  private static final int MOST_PAST = 20;

  /** Starts that wait for their turn; whoever comes then is told that it was started otherwise. */
  private static final int MOST_WAITING = 20;

  /** Events kept for steps to come; the oldest make way. */
  private static final int MOST_ARRIVED = 50;

  String flow = "";
  String version = "";
  int run;
  String status = FlowStatus.EARLY.text();
  @Nullable JsonNode input;

  /** The message that started this run, and others that found it running. */
  List<Seen> seen = new ArrayList<>();

  String correlation = "";
  @Nullable Instant startedAt;
  @Nullable Instant updatedAt;
  @Nullable Instant endedAt;
  @Nullable Instant deadline;

  /** The step that is next or now; absent behind the last, and while undoing. */
  @Nullable String at;

  ObjectNode results = Json.mapper().createObjectNode();

  /** What was done, in order; the last may still be under way. */
  List<Trail> trail = new ArrayList<>();

  /** What has to be undone if this run is given up, in the order in which it was done. */
  List<Owed> owed = new ArrayList<>();

  /** A message that failed and will be repeated as it was. */
  @Nullable Pending pending;

  /** The items of the list that the present step goes through, and the results so far. */
  @Nullable ArrayNode items;

  @Nullable ArrayNode partial;

  @Nullable Trouble error;

  /** How this run ends, once that is known: while undoing and after. */
  @Nullable Ending ending;

  List<Arrived> arrived = new ArrayList<>();

  /** Counts the drives; a message for another one is out of date. */
  int drive;

  /** Whether a message is on its way that does commands: until then nobody else may decide. */
  boolean driving;

  /** What somebody has decided meanwhile; see {@link Wish}. */
  @Nullable String wish;

  /** A start that waits to take the place of this run. */
  @Nullable Starting restart;

  /** Starts that wait until this run is over, in the order in which they came. */
  List<Starting> next = new ArrayList<>();

  /** How earlier runs ended, the last of them last. */
  List<Past> past = new ArrayList<>();

  /** Whether a timer is set for the present step. */
  boolean timer;

  /** What a paused run goes on with: {@code running} or {@code compensating}. */
  @Nullable String resumes;

  @Nullable JsonNode reply;

  /** A start; {@code same} is false where it came with another input than the run has. */
  record Seen(String id, boolean same) {}

  /** What a run is started with. */
  record Starting(String id, JsonNode payload, String correlation) {}

  /** A run that is over, as those see it who have started it. */
  record Past(
      List<Seen> seen,
      String status,
      @Nullable JsonNode reply,
      @Nullable JsonNode results,
      @Nullable Ending ending,
      Instant at) {}

  /** A step that was begun. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Trail(
      String step,
      String status,
      Instant startedAt,
      @Nullable Instant endedAt,
      int attempts,
      int times,
      @Nullable String note) {
    Trail with(String newStatus, Instant end, @Nullable String newNote) {
      return new Trail(step, newStatus, startedAt, end, attempts, times, newNote);
    }

    Trail counted(int moreAttempts, int moreTimes) {
      return new Trail(
          step, status, startedAt, endedAt, attempts + moreAttempts, times + moreTimes, note);
    }
  }

  /** Something to undo; {@code item} is what a step of a list was done for. */
  record Owed(String step, int index, @Nullable JsonNode item, boolean uncertain) {}

  /** A message to repeat. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Pending(
      String step,
      int index,
      JsonNode payload,
      int attempts,
      boolean uncertain,
      @Nullable Instant nextAt) {}

  /** What went wrong. */
  record Trouble(String step, String code, @Nullable String reason, String message, Instant at) {}

  /** How a run ends and why; {@code step} is where it was given up. */
  record Ending(
      String status,
      @Nullable String reason,
      @Nullable String message,
      @Nullable String step,
      @Nullable String by) {}

  /** An event that came. */
  record Arrived(String event, String id, JsonNode payload, Instant at) {}

  static FlowState of(JsonNode tree) {
    return Json.mapper().treeToValue(tree, FlowState.class);
  }

  JsonNode tree() {
    return Json.mapper().valueToTree(this);
  }

  FlowStatus status() {
    return FlowStatus.of(status);
  }

  void status(FlowStatus next) {
    status = next.text();
  }

  boolean over() {
    return status().over();
  }

  void saw(String id, boolean same) {
    seen.add(new Seen(id, same));
    if (seen.size() > MOST_SEEN) {
      seen.remove(1);
    }
  }

  /** Remembers a start for later; answers whether there was room. */
  boolean queued(Starting starting) {
    return next.size() < MOST_WAITING && next.add(starting);
  }

  /** Takes over from the run before what its starters, and others, still wait for. */
  void follow(FlowState before, Instant now) {
    next.addAll(before.next);
    past.addAll(before.past);
    Instant ended = before.endedAt;
    if (ended != null) {
      JsonNode told = before.reply == null ? before.results : null;
      past.add(new Past(before.seen, before.status, before.reply, told, before.ending, ended));
    }
    past.removeIf(run -> run.at().isBefore(now.minus(PAST)));
    if (past.size() > MOST_PAST) {
      past.remove(0);
    }
  }

  void arrived(Arrived event) {
    arrived.add(event);
    if (arrived.size() > MOST_ARRIVED) {
      arrived.remove(0);
    }
  }

  /** What expressions see: the input and the results by name. */
  ObjectNode root() {
    ObjectNode root = results.deepCopy();
    if (input != null) {
      root.set("input", input);
    }
    return root;
  }
}
