package dev.relay.catalog;

import dev.relay.catalog.CatalogChange.Action;
import dev.relay.catalog.CatalogChange.Subject;
import dev.relay.catalog.CatalogPlan.ConsumerRow;
import dev.relay.catalog.CatalogPlan.EventRow;
import dev.relay.schema.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares a draft with what is stored. Used once; not thread-safe. */
final class CatalogPlanner {
  private static final String ACTIVE = "active";
  private static final String DEPRECATED = "deprecated";

  /** Actors, then events, then consumers, each by name. */
  private static final Comparator<CatalogChange> READING_ORDER =
      Comparator.comparing(
              (CatalogChange change) ->
                  change.subject() == Subject.ACTOR ? -1 : change.subject().ordinal())
          .thenComparing(CatalogChange::name);

  private final StoredCatalog stored;
  private final MergedDraft draft;
  private final Set<Declaration> remembered;
  private final Set<Declaration> withdrawn;
  private final Ownership ownership;
  private final List<EventRow> events = new ArrayList<>();
  private final List<String> deprecated = new ArrayList<>();
  private final List<ConsumerRow> consumers = new ArrayList<>();
  private final List<ConsumerRow> removals = new ArrayList<>();
  private final List<ActorEntry> actors = new ArrayList<>();
  private final List<FlowEntry> flows = new ArrayList<>();
  private final List<CatalogChange> changes = new ArrayList<>();

  CatalogPlanner(StoredCatalog stored, MergedDraft draft) {
    this.stored = stored;
    this.draft = draft;
    this.remembered = draft.declarations();
    this.withdrawn =
        stored.declarations().stream()
            .filter(old -> draft.actors().containsKey(old.actor()))
            .filter(old -> remembered.stream().noneMatch(old::sameSubject))
            .collect(Collectors.toSet());
    this.ownership = new Ownership(stored, draft);
  }

  /** The plan; of use only where there are no {@link #conflicts}. */
  CatalogPlan plan() {
    draft.actors().values().forEach(this::actor);
    draft.declared().values().forEach(this::declared);
    withdrawn.forEach(this::withdraw);
    draft.consumed().forEach(this::consumersOf);
    draft.flows().forEach(this::flow);
    changes.sort(READING_ORDER);
    return new CatalogPlan(
        events,
        deprecated,
        consumers,
        removals,
        actors,
        forgotten(),
        remembered.stream().filter(one -> !stored.declarations().contains(one)).toList(),
        flows,
        new CatalogChanges(changes));
  }

  /** What the catalog or the draft itself says otherwise; complete after {@link #plan}. */
  List<Violation> conflicts() {
    List<Violation> all = new ArrayList<>(draft.conflicts());
    all.addAll(ownership.conflicts());
    return all;
  }

  /** What is withdrawn, and what is remembered with other settings now. */
  private List<Declaration> forgotten() {
    List<Declaration> forgotten = new ArrayList<>(withdrawn);
    for (Declaration old : stored.declarations()) {
      if (!remembered.contains(old) && remembered.stream().anyMatch(old::sameSubject)) {
        forgotten.add(old);
      }
    }
    return forgotten;
  }

  private void actor(ActorEntry wanted) {
    @Nullable ActorEntry old = stored.actors().get(wanted.name());
    List<String> differences = Differences.of(old, wanted);
    if (old == null) {
      actors.add(wanted);
      change(Subject.ACTOR, Action.ADDED, wanted.name(), "new, version " + wanted.version());
    } else if (differences.isEmpty()) {
      change(Subject.ACTOR, Action.UNCHANGED, wanted.name(), "unchanged");
    } else {
      actors.add(wanted);
      change(Subject.ACTOR, Action.CHANGED, wanted.name(), String.join("; ", differences));
    }
  }

  private void flow(FlowEntry wanted) {
    @Nullable FlowEntry old = stored.flows().get(wanted.name());
    if (old == null) {
      flows.add(wanted);
      change(Subject.FLOW, Action.ADDED, wanted.name(), "new, " + steps(wanted));
    } else if (isSame(old, wanted)) {
      change(Subject.FLOW, Action.UNCHANGED, wanted.name(), "unchanged");
    } else {
      flows.add(wanted);
      boolean same = old.steps().equals(wanted.steps());
      String what = same ? "definition changed" : steps(old) + " -> " + steps(wanted);
      change(Subject.FLOW, Action.CHANGED, wanted.name(), what);
    }
  }

  private static boolean isSame(FlowEntry old, FlowEntry wanted) {
    return old.description().equals(wanted.description())
        && old.steps().equals(wanted.steps())
        && JsonSameness.same(old.definition(), wanted.definition());
  }

  private static String steps(FlowEntry flow) {
    return flow.steps().size() == 1 ? "1 step" : flow.steps().size() + " steps";
  }

  private void declared(EventDraft wanted) {
    @Nullable EventDefinition old = stored.events().get(wanted.name());
    if (old == null) {
      events.add(row(wanted, wanted.producer(), wanted.schemaVersion(), ACTIVE));
      String owner = String.valueOf(draft.ownerOf(wanted));
      String by = draft.ownerOf(wanted) == null ? "" : " of " + owner;
      change(Subject.EVENT, Action.ADDED, wanted.name(), "new " + wanted.kind().text() + by);
      admitWaiting(wanted);
      return;
    }
    ownership.check(wanted, old);
    EventRow row = row(wanted, producer(wanted, old), version(wanted, old), status(wanted, old));
    List<String> differences = Differences.of(old, row);
    if (differences.isEmpty()) {
      change(Subject.EVENT, Action.UNCHANGED, wanted.name(), "unchanged");
    } else {
      events.add(row);
      change(Subject.EVENT, Action.CHANGED, wanted.name(), String.join("; ", differences));
    }
  }

  private static EventRow row(
      EventDraft wanted, @Nullable String producer, String version, String status) {
    return new EventRow(
        wanted.name(),
        wanted.kind(),
        wanted.description(),
        producer,
        version,
        java.util.Objects.requireNonNull(wanted.payloadSchema()),
        wanted.resultSchema(),
        status);
  }

  /** A draft of a command says nothing of a producer; one that was typed stays. */
  private static @Nullable String producer(EventDraft wanted, EventDefinition old) {
    boolean silent = wanted.producer() == null && old.kind() != EventKind.EVENT;
    return silent ? old.producer() : wanted.producer();
  }

  /** Never back; and never the same version for another schema. */
  private String version(EventDraft wanted, EventDefinition old) {
    if (SemanticVersion.isLater(wanted.schemaVersion(), old.schemaVersion())) {
      return wanted.schemaVersion();
    }
    boolean same =
        JsonSameness.same(wanted.payloadSchema(), old.payloadSchema())
            && JsonSameness.same(wanted.resultSchema(), old.resultSchema());
    return same
        ? old.schemaVersion()
        : stored.nextVersions().getOrDefault(wanted.name(), old.schemaVersion());
  }

  /** Deprecated by withdrawal becomes active again; deprecated by hand stays. */
  private String status(EventDraft wanted, EventDefinition old) {
    @Nullable String owner = draft.ownerOf(wanted);
    boolean declaredBefore =
        owner != null && stored.declarations().contains(Declaration.declares(owner, wanted.name()));
    return declaredBefore ? old.status() : ACTIVE;
  }

  /** Subscriptions of other actors' earlier drafts come true with the event. */
  private void admitWaiting(EventDraft wanted) {
    if (wanted.kind() != EventKind.EVENT) {
      return;
    }
    for (Declaration waiting : new TreeMap<>(waitingFor(wanted.name())).values()) {
      @Nullable Consumer consumer = waiting.consumes();
      if (consumer != null
          && !withdrawn.contains(waiting)
          && !draft.consumersOf(wanted.name()).containsKey(consumer.actor())) {
        consumer(wanted.name(), null, consumer);
      }
    }
  }

  private Map<String, Declaration> waitingFor(String event) {
    return stored.declarations().stream()
        .filter(one -> one.event().equals(event) && !one.declares())
        .collect(Collectors.toMap(Declaration::actor, one -> one));
  }

  private void withdraw(Declaration old) {
    @Nullable EventDefinition event = stored.events().get(old.event());
    if (event == null) {
      return;
    }
    if (!old.declares()) {
      for (Consumer consumer : event.consumers()) {
        if (consumer.actor().equals(old.actor())) {
          removals.add(new ConsumerRow(event.name(), consumer));
          consumerChange(Action.REMOVED, event.name(), consumer, "no longer declared");
        }
      }
    } else if (!draft.declared().containsKey(old.event()) && !event.status().equals(DEPRECATED)) {
      deprecated.add(event.name());
      String text = "no longer declared by " + old.actor() + ", now deprecated";
      change(Subject.EVENT, Action.CHANGED, event.name(), text);
    }
  }

  private void consumersOf(String event) {
    @Nullable EventDefinition old = stored.events().get(event);
    for (Consumer wanted : draft.consumersOf(event).values()) {
      if (old == null && !draft.declared().containsKey(event)) {
        consumerChange(
            Action.WAITING, event, wanted, "waits: nobody has defined " + event + " yet");
      } else {
        ownership.checkSubscription(event, wanted);
        consumer(event, old, wanted);
      }
    }
  }

  private void consumer(String event, @Nullable EventDefinition old, Consumer wanted) {
    @Nullable Consumer before =
        old == null
            ? null
            : old.consumers().stream()
                .filter(consumer -> consumer.actor().equals(wanted.actor()))
                .findFirst()
                .orElse(null);
    if (before == null) {
      consumers.add(new ConsumerRow(event, wanted));
      consumerChange(Action.ADDED, event, wanted, "new, by " + wanted.pattern().text());
    } else if (before.equals(wanted)) {
      consumerChange(Action.UNCHANGED, event, wanted, "unchanged");
    } else {
      consumers.add(new ConsumerRow(event, wanted));
      String text = String.join("; ", Differences.of(before, wanted));
      consumerChange(Action.CHANGED, event, wanted, text);
    }
  }

  private void consumerChange(Action action, String event, Consumer consumer, String text) {
    change(Subject.CONSUMER, action, event + " -> " + consumer.actor(), text);
  }

  private void change(Subject subject, Action action, String name, String text) {
    changes.add(new CatalogChange(subject, action, name, name + ": " + text));
  }
}
