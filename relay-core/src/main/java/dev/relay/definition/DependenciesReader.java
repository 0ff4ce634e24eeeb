package dev.relay.definition;

import dev.relay.catalog.Pattern;
import dev.relay.definition.YamlNode.Entry;
import dev.relay.definition.YamlNode.Scalar;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code dependencies:} and {@code retry:}. */
final class DependenciesReader {
  private static final List<String> PATTERNS = List.of("ask", "tell");

  private final Problems problems;
  private final Places places;

  DependenciesReader(Problems problems, Places places) {
    this.problems = problems;
    this.places = places;
  }

  Map<String, Dependency> dependencies(Map<String, Entry> section) {
    Map<String, Dependency> dependencies = new LinkedHashMap<>();
    section.forEach((actor, entry) -> dependencies.put(actor, dependency(actor, entry)));
    return dependencies;
  }

  private Dependency dependency(String actor, Entry entry) {
    Names.actor(actor, entry.keyPlace(), problems);
    places.put("dependencies/" + actor, entry.keyPlace());
    List<String> keys = List.of("events", "pattern", "timeout", "purpose", "breaker");
    Form form = Form.of(entry.value(), "dependencies " + actor, problems, keys);
    Set<String> events = new LinkedHashSet<>();
    for (Scalar scalar : form.texts("events")) {
      Names.event(scalar.text(), scalar.place(), problems);
      places.put("dependencies/" + actor + "/" + scalar.text(), scalar.place());
      events.add(scalar.text());
    }
    if (events.isEmpty()) {
      problems.add(
          entry.keyPlace(),
          "dependencies " + actor + " lacks events, the commands or queries sent: [CHECK_STOCK]");
    }
    return new Dependency(
        actor,
        events,
        pattern(actor, form),
        form.duration("timeout", HandlersReader.DEFAULT_TIMEOUT),
        form.text("purpose").orElse(""),
        breaker(actor, form));
  }

  private BreakerPolicy breaker(String actor, Form dependency) {
    YamlNode node = dependency.get("breaker");
    BreakerPolicy standard = BreakerPolicy.DEFAULT;
    if (node == null) {
      return standard;
    }
    String what = "dependencies " + actor + ": breaker";
    Form form = Form.of(node, what, problems, List.of("failures", "of", "pause", "probes"));
    int failures = form.whole("failures", standard.failures(), 1, 1000);
    int of = form.whole("of", Math.max(standard.of(), failures), 1, 1000);
    Duration pause = form.duration("pause", standard.pause());
    int probes = form.whole("probes", standard.probes(), 1, 100);
    if (failures > of) {
      problems.add(form.placeOf("failures"), what + ": failures is at most of, which is " + of);
      return standard;
    }
    return new BreakerPolicy(failures, of, pause, probes);
  }

  private Pattern pattern(String actor, Form form) {
    Optional<String> text = form.text("pattern");
    if (text.isPresent() && !PATTERNS.contains(text.get())) {
      String message = "dependencies " + actor + ": pattern is ask or tell, not " + text.get();
      problems.unknown(form.placeOf("pattern"), message, text.get(), PATTERNS);
    }
    return text.isPresent() && text.get().equals("tell") ? Pattern.TELL : Pattern.ASK;
  }

  RetryPolicy retry(YamlNode node) {
    Form form = Form.of(node, "retry", problems, List.of("attempts", "backoff", "max"));
    RetryPolicy standard = RetryPolicy.DEFAULT;
    int attempts = form.whole("attempts", standard.attempts(), 1, 1000);
    Duration backoff = form.duration("backoff", standard.backoff());
    Duration max = form.duration("max", max(standard.max(), backoff));
    if (max.compareTo(backoff) < 0) {
      problems.add(form.placeOf("max"), "retry: max is at least backoff");
      return standard;
    }
    return new RetryPolicy(attempts, backoff, max);
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? b : a;
  }
}
