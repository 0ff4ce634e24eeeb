package dev.relay.catalog;

import dev.relay.failure.ErrorCode;
import dev.relay.schema.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whether a draft could be stored at all: names, versions, times and schemas. What the store's own
 * constraints would refuse one by one is told here all at once, with pointers into the draft's JSON
 * form. Not thread-safe.
 */
final class DraftCheck {
  private static final Pattern EVENT = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");
  private static final Pattern ACTOR = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,99}");
  private static final Pattern SCHEMA = Pattern.compile("/(payload|result)_schema(/|$)");
  private static final int LONGEST_EVENT = 100;

  private final CompiledSchemas schemas;
  private final List<Violation> violations = new ArrayList<>();

  DraftCheck(CompiledSchemas schemas) {
    this.schemas = schemas;
  }

  List<Violation> violations() {
    return List.copyOf(violations);
  }

  /** What to call the violations: the schema's fault where only schemas are at fault. */
  ErrorCode code() {
    boolean schemasOnly =
        violations.stream().allMatch(violation -> SCHEMA.matcher(violation.pointer()).find());
    return schemasOnly ? ErrorCode.SCHEMA_INVALID : ErrorCode.DEFINITION_INVALID;
  }

  DraftCheck event(String pointer, EventDraft draft) {
    eventName(pointer + "/event_name", draft.name());
    for (int i = 0; i < draft.consumers().size(); i++) {
      consumer(pointer + "/consumers/" + i, draft.consumers().get(i));
    }
    return draft.isSubscription() ? this : declaration(pointer, draft);
  }

  DraftCheck actor(String pointer, ActorEntry actor) {
    actorName(pointer + "/name", actor.name());
    text(pointer + "/description", actor.description());
    if (!actor.definition().isObject()) {
      add(pointer + "/definition", "type", "must be an object");
    }
    return this;
  }

  private DraftCheck declaration(String pointer, EventDraft draft) {
    text(pointer + "/description", draft.description());
    @Nullable String producer = draft.producer();
    if (producer != null) {
      actorName(pointer + "/producer_actor", producer);
    } else if (draft.kind() == EventKind.EVENT) {
      add(pointer + "/producer_actor", "required", "is missing; an event names its producer");
    }
    if (SemanticVersion.of(draft.schemaVersion()).isEmpty()) {
      String found = "is \"" + draft.schemaVersion() + "\"";
      add(pointer + "/schema_version", "format", found + ", must be like 1.0.0 (semver)");
    }
    schema(pointer + "/payload_schema", draft.payloadSchema());
    schema(pointer + "/result_schema", draft.resultSchema());
    return this;
  }

  private void consumer(String pointer, Consumer consumer) {
    actorName(pointer + "/actor", consumer.actor());
    Duration timeout = consumer.timeout();
    if (timeout.toMillis() < 1 || timeout.toMillis() > Integer.MAX_VALUE) {
      add(
          pointer + "/timeout_ms",
          "minimum",
          "is " + timeout.toMillis() + ", must be 1 to " + Integer.MAX_VALUE);
    }
    @Nullable String key = consumer.keyField();
    if (key != null) {
      text(pointer + "/key_field", key);
      if (key.isEmpty()) {
        add(pointer + "/key_field", "minLength", "is empty; leave it out to use the actor's key");
      }
    }
  }

  private void eventName(String pointer, String name) {
    if (!EVENT.matcher(name).matches()) {
      add(pointer, "pattern", "is \"" + name + "\", must be UPPER_SNAKE such as ORDER_CREATED");
    } else if (name.length() > LONGEST_EVENT) {
      add(pointer, "maxLength", "has more than " + LONGEST_EVENT + " characters");
    }
  }

  private void actorName(String pointer, String name) {
    if (!ACTOR.matcher(name).matches()) {
      add(
          pointer,
          "pattern",
          "is \""
              + name
              + "\", must be a letter and up to 99 more letters, digits, underscores and hyphens");
    }
  }

  private void schema(String pointer, @Nullable JsonNode schema) {
    if (schema == null) {
      return;
    }
    for (Violation problem : schemas.compile(schema).problems()) {
      add(pointer + problem.pointer(), problem.keyword(), problem.message());
    }
    if (schema.toString().contains("\\u0000")) {
      add(pointer, "pattern", "contains the character NUL, which Postgres can't store");
    }
  }

  private void text(String pointer, String text) {
    if (text.indexOf('\0') >= 0) {
      add(pointer, "pattern", "contains the character NUL, which Postgres can't store");
    }
  }

  private void add(String pointer, String keyword, String message) {
    violations.add(new Violation(pointer, keyword, message));
  }
}
