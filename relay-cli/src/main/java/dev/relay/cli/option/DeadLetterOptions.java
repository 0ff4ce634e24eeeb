package dev.relay.cli.option;

import dev.relay.cli.client.DeadLetterAccess;
import dev.relay.cli.client.NodeClient;
import dev.relay.cli.client.NodeDeadLetters;
import dev.relay.cli.config.Session;
import dev.relay.cli.database.DatabaseDeadLetters;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which dead letters are meant, and where they are. */
public final class DeadLetterOptions {
  private final Word<String> actor;
  private final Word<String> event;
  private final Word<String> key;
  private final Word<String> error;
  private final Word<Duration> olderThan;
  private final NodeOptions nodes;

  /** Of a verb that means one letter by its id. */
  public static DeadLetterOptions whereOnly(Arguments arguments) {
    return new DeadLetterOptions(new Arguments(), arguments);
  }

  /** Of a verb that may mean many. */
  public DeadLetterOptions(Arguments arguments) {
    this(arguments, arguments);
  }

  private DeadLetterOptions(Arguments arguments, Arguments where) {
    actor = arguments.option("--actor", "ACTOR", "only those owed to this actor");
    event = arguments.option("--event", "EVENT", "only those of this event");
    key = arguments.option("--key", "KEY", "only those owed to instances with this key");
    error = arguments.option("--error", "TEXT", "only those whose error contains this");
    olderThan =
        arguments.option(
            "--older-than", "TIME", new DurationConverter(), "only those dead for longer, e.g. 1d");
    nodes = new NodeOptions(where);
  }

  /** The filter as the parameters of {@code GET /api/dead-letters}. */
  public Map<String, String> filter() {
    Map<String, String> filter = new LinkedHashMap<>();
    put(filter, "actor", actor.orNull());
    put(filter, "event", event.orNull());
    put(filter, "key", key.orNull());
    put(filter, "error", error.orNull());
    put(filter, "older_than", olderThan.said() ? olderThan.value().toMillis() + "ms" : null);
    return filter;
  }

  /** The same filter as the user typed it, each option with a blank before it. */
  public String words() {
    StringBuilder words = new StringBuilder();
    append(words, " --actor ", actor.orNull());
    append(words, " --event ", event.orNull());
    append(words, " --key ", key.orNull());
    append(words, " --error ", error.said() ? "'" + error.value() + "'" : null);
    append(words, " --older-than ", olderThan.said() ? olderThan.value().toSeconds() + "s" : null);
    return words.toString();
  }

  /** Does something with them, at the database or at a node. */
  public <T> T ask(Session session, Function<DeadLetterAccess, T> action) {
    return nodes.ask(
        session,
        new Source<T>() {
          @Override
          public T fromNode(NodeClient node) {
            return action.apply(new NodeDeadLetters(node));
          }

          @Override
          public T fromDatabase(Session here) {
            return DatabaseDeadLetters.with(here, action);
          }
        });
  }

  private static void put(Map<String, String> filter, String name, @Nullable String value) {
    if (value != null) {
      filter.put(name, value);
    }
  }

  private static void append(StringBuilder words, String option, @Nullable String value) {
    if (value != null) {
      words.append(option).append(value);
    }
  }
}
