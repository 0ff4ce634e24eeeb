package dev.relay.catalog;

import dev.relay.schema.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who may say what of an event: its producer of an event, its handler of a command or query. An
 * owner whose own definition is in the draft and no longer declares the event lets it go, so that
 * an event can move from one actor to another in one apply.
 */
final class Ownership {
  private final StoredCatalog stored;
  private final MergedDraft draft;
  private final List<Violation> conflicts = new ArrayList<>();

  Ownership(StoredCatalog stored, MergedDraft draft) {
    this.stored = stored;
    this.draft = draft;
  }

  List<Violation> conflicts() {
    return conflicts;
  }

  /** Checks a declaration against the row of that name. */
  void check(EventDraft wanted, EventDefinition old) {
    Set<String> others = owners(old);
    @Nullable String owner = draft.ownerOf(wanted);
    if (owner != null) {
      boolean already = others.remove(owner);
      if (already && wanted.kind() != EventKind.EVENT && old.kind() != EventKind.EVENT) {
        return; // a second handler was typed by somebody; that isn't this draft's doing
      }
    }
    others.removeAll(draft.actors().keySet());
    if (wasLetGo(old)) {
      return;
    }
    if (!others.isEmpty()) {
      String role = old.kind() == EventKind.EVENT ? "an event produced by " : "handled by ";
      String kind = old.kind() == EventKind.EVENT ? "" : "a " + old.kind().text() + " ";
      conflict(
          wanted.name(),
          "is " + kind + role + String.join(", ", others) + ", not " + described(wanted, owner));
    }
  }

  /** Checks that what an actor subscribes to is an event. */
  void checkSubscription(String event, Consumer consumer) {
    @Nullable EventDraft declared = draft.declared().get(event);
    @Nullable EventDefinition old = stored.events().get(event);
    boolean own = declared != null && consumer.actor().equals(draft.ownerOf(declared));
    EventKind kind =
        declared != null ? declared.kind() : old == null ? EventKind.EVENT : old.kind();
    if (kind != EventKind.EVENT && !own) {
      conflict(
          event,
          "is a "
              + kind.text()
              + "; "
              + consumer.actor()
              + " can subscribe to events only, and ask or tell the actor that handles it");
    }
  }

  /** Withdrawn by its owner's own definition, and declared by nobody since. */
  private boolean wasLetGo(EventDefinition old) {
    return old.status().equals("deprecated")
        && stored.declarations().stream()
            .noneMatch(one -> one.declares() && one.event().equals(old.name()));
  }

  private static Set<String> owners(EventDefinition old) {
    Set<String> owners = new TreeSet<>();
    @Nullable String producer = old.producer();
    if (old.kind() != EventKind.EVENT) {
      old.consumers().forEach(consumer -> owners.add(consumer.actor()));
    } else if (producer != null) {
      owners.add(producer);
    }
    return owners;
  }

  private static String described(EventDraft wanted, @Nullable String owner) {
    String by = owner == null ? "" : " of " + owner;
    return (wanted.kind() == EventKind.EVENT ? "an " : "a ") + wanted.kind().text() + by;
  }

  private void conflict(String event, String message) {
    conflicts.add(new Violation("/events/" + event, "conflict", message));
  }
}
