package dev.relay.definition;

import dev.relay.definition.YamlNode.Entry;
import dev.relay.definition.YamlNode.Scalar;
import dev.relay.definition.expression.Script;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads {@code state_version:} and {@code migrations:}. */
final class MigrationsReader {
  private static final int MOST_VERSIONS = 1_000;

  private final Problems problems;

  MigrationsReader(Problems problems) {
    this.problems = problems;
  }

  int version(Form actor, JsonNode state) {
    int version = actor.whole("state_version", 1, 1, MOST_VERSIONS);
    boolean object =
        SchemaPath.withReferred(state, state).stream()
            .anyMatch(schema -> schema.path("type").asString("").equals("object"));
    if (version > 1 && !object) {
      String message = "only a state with fields has versions: its JSON carries the number";
      problems.add(actor.placeOf("state_version"), message);
    }
    return version;
  }

  /** The steps that are expressions, by the version they make. */
  Map<Integer, Script> steps(Form actor, int version, boolean hasClass) {
    Map<Integer, Script> steps = new TreeMap<>();
    Map<String, Entry> section = actor.entries("migrations");
    section.forEach((to, entry) -> step(to, entry, version, steps));
    for (int to = lowest(steps, version); to <= version && !hasClass; to++) {
      if (to > 1 && !section.containsKey(String.valueOf(to))) {
        String steps0 = "from " + (to - 1) + " to " + to;
        String example = "migrations: { " + to + ": '$merge([$, { \"currency\": \"EUR\" }])' }";
        String message = "nothing leads " + steps0 + ": write " + example;
        problems.add(actor.placeOf(section.isEmpty() ? "state_version" : "migrations"), message);
      }
    }
    return steps;
  }

  /** Older steps may be gone, once no state of theirs is left. */
  private static int lowest(Map<Integer, Script> steps, int version) {
    return steps.keySet().stream().min(Integer::compare).orElse(version);
  }

  private void step(String to, Entry entry, int version, Map<Integer, Script> steps) {
    if (!to.matches("[1-9]\\d{0,3}")
        || Integer.parseInt(to) < 2
        || Integer.parseInt(to) > version) {
      String message = "migrations lead to a version from 2 to state_version, which is " + version;
      problems.add(entry.keyPlace(), message + ", not to " + to);
      return;
    }
    Script script = entry.value() instanceof Scalar text ? script(text) : null;
    if (script != null) {
      steps.put(Integer.parseInt(to), script);
    } else if (!(entry.value() instanceof Scalar)) {
      String message = "a migration is an expression that gives the newer state, not ";
      problems.add(entry.value().place(), message + entry.value().kind());
    }
  }

  private @Nullable Script script(Scalar text) {
    return new TransitionReader(problems).migration(text);
  }
}
