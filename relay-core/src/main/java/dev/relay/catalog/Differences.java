package dev.relay.catalog;

import dev.relay.catalog.CatalogPlan.EventRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What differs between a row and what is wanted, each in a few words. */
final class Differences {
  private final List<String> found = new ArrayList<>();

  private Differences() {}

  static List<String> of(@Nullable ActorEntry old, ActorEntry wanted) {
    if (old == null) {
      return List.of();
    }
    Differences differences = new Differences();
    differences.values("version", old.version(), wanted.version());
    differences.fact("description changed", !old.description().equals(wanted.description()));
    differences.fact(
        "definition changed", !JsonSameness.same(old.definition(), wanted.definition()));
    return differences.found;
  }

  static List<String> of(EventDefinition old, EventRow wanted) {
    Differences differences = new Differences();
    differences.values("kind", old.kind().text(), wanted.kind().text());
    differences.values("producer", old.producer(), wanted.producer());
    differences.fact(
        "payload schema changed", !JsonSameness.same(old.payloadSchema(), wanted.payloadSchema()));
    differences.fact(
        "result schema changed", !JsonSameness.same(old.resultSchema(), wanted.resultSchema()));
    differences.values("schema version", old.schemaVersion(), wanted.schemaVersion());
    differences.fact("description changed", !old.description().equals(wanted.description()));
    differences.values("status", old.status(), wanted.status());
    return differences.found;
  }

  static List<String> of(Consumer old, Consumer wanted) {
    Differences differences = new Differences();
    differences.values("pattern", old.pattern().text(), wanted.pattern().text());
    differences.values(
        "timeout", old.timeout().toMillis() + " ms", wanted.timeout().toMillis() + " ms");
    differences.values("key field", old.keyField(), wanted.keyField());
    return differences.found;
  }

  private void values(String what, @Nullable String old, @Nullable String wanted) {
    if (!Objects.equals(old, wanted)) {
      found.add(
          what
              + " "
              + Objects.requireNonNullElse(old, "none")
              + " -> "
              + Objects.requireNonNullElse(wanted, "none"));
    }
  }

  private void fact(String text, boolean differs) {
    if (differs) {
      found.add(text);
    }
  }
}
