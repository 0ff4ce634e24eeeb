package dev.relay.redis;

import dev.relay.store.Feed;
import dev.relay.store.FeedPosition;
import dev.relay.transport.CarrierException;
import dev.relay.transport.CarrierReport.Group;
import dev.relay.transport.Rebuilt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Makes what Redis should hold, once. The stream of events is filled by whoever has the right to
 * write it: a node, or a writer started here for the moment, so it can't be doubled. Inboxes are
 * made by their nodes, which notice within a second; here they are only waited for.
 */
final class Rebuilding {
  /** For a hundred thousand events on a slow machine. */
  private static final Duration FILLED = Duration.ofMinutes(1);

  /** A node looks for its mark every second; a connect may take three. */
  private static final Duration ATTENDED = Duration.ofSeconds(5);

  private static final Duration LOOK = Duration.ofMillis(25);

  private final RedisConfig config;
  private final Keys keys;
  private final Feed feed;
  private final EventWindow window;
  private final RedisCarrier.Open redis;
  private final List<String> done = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  Rebuilding(
      RedisConfig config, Keys keys, Feed feed, EventWindow window, RedisCarrier.Open redis) {
    this.config = config;
    this.keys = keys;
    this.feed = feed;
    this.window = window;
    this.redis = redis;
  }

  Rebuilt run(Collection<String> nodes, boolean anew)
      throws InterruptedException, ExecutionException, TimeoutException {
    boolean changed = events(anew);
    inboxes(nodes);
    return new Rebuilt(changed, done, warnings);
  }

  private boolean events(boolean anew)
      throws InterruptedException, ExecutionException, TimeoutException {
    Survey survey = redis.survey();
    StreamState before = survey.events();
    FeedPosition end = feed.end();
    boolean foreign = before.isThere() && EntryId.position(before.lastId()).compareTo(end) > 0;
    if (isComplete(before, end) && !anew && !foreign) {
      done.add(keys.events() + ": in step with the journal, " + events(before.length()));
      return false;
    }
    Map<String, String> groups = new LinkedHashMap<>();
    if (before.isThere() && (anew || foreign)) {
      for (Group group : survey.groups()) {
        groups.put(group.name(), survey.resume(group));
      }
      drop();
    }
    StreamState after = filled(end);
    restore(groups, after);
    done.add(told(before, after, anew || foreign));
    return true;
  }

  /** Whether nothing is missing: it ends where the journal does, or there is nothing to hold. */
  private boolean isComplete(StreamState events, FeedPosition end) {
    return events.isThere()
        ? EntryId.position(events.lastId()).compareTo(end) >= 0
        : feed.after(feed.before(Instant.now().minus(window.refilled())), 1).isEmpty();
  }

  private void drop() throws InterruptedException, ExecutionException, TimeoutException {
    new EventLog(redis.connections().commands(), keys, "", 0, config.timeout()).drop();
  }

  private StreamState filled(FeedPosition end)
      throws InterruptedException, ExecutionException, TimeoutException {
    try (RedisEvents writer = RedisEvents.keep(config, feed, window)) {
      long limit = System.nanoTime() + FILLED.toNanos();
      StreamState events = redis.survey().events();
      while (!isComplete(events, end)) {
        if (System.nanoTime() > limit) {
          throw new CarrierException(
              keys.events()
                  + " isn't filled after "
                  + FILLED.toSeconds()
                  + " s ("
                  + events.length()
                  + " events so far): whoever writes it may stand still, or Redis refuses; its"
                  + " right to write ends "
                  + EventLog.HELD.toSeconds()
                  + " s after its last sign. "
                  + writer.health().detail());
        }
        Thread.sleep(LOOK.toMillis());
        events = redis.survey().events();
      }
      return events;
    }
  }

  private void restore(Map<String, String> groups, StreamState events)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (!events.isThere()) {
      groups.keySet().forEach(name -> warnings.add("the group " + name + " has to be made anew"));
      return;
    }
    for (Map.Entry<String, String> group : groups.entrySet()) {
      redis.survey().restore(group.getKey(), group.getValue());
      done.add("group " + group.getKey() + ": made again, goes on behind " + group.getValue());
    }
  }

  private void inboxes(Collection<String> nodes)
      throws InterruptedException, ExecutionException, TimeoutException {
    TreeSet<String> absent = new TreeSet<>(nodes);
    long limit = System.nanoTime() + ATTENDED.toNanos();
    while (true) {
      for (String node : List.copyOf(absent)) {
        if (redis.survey().isAttended(node)) {
          absent.remove(node);
        }
      }
      if (absent.isEmpty() || System.nanoTime() > limit) {
        break;
      }
      Thread.sleep(LOOK.toMillis());
    }
    done.add("inboxes: " + (nodes.size() - absent.size()) + " of " + nodes.size() + " are read");
    for (String node : absent) {
      warnings.add(
          node
              + " isn't seen at this Redis: it uses another transport, or is cut off from it;"
              + " relay node list says where it runs");
    }
  }

  private String told(StreamState before, StreamState after, boolean anew) {
    String what =
        !before.isThere()
            ? "was missing, filled with "
            : anew ? "thrown away (" + before.length() + "), filled with " : "was behind, now ";
    return keys.events() + ": " + what + events(after.length());
  }

  private static String events(long count) {
    return count == 1 ? "1 event" : count + " events";
  }
}
